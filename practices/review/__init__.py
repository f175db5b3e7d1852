"""The decision about what was sent in: the workflow with its tasks, the verbs behind their buttons (`decisions`),
and what reviewers see.
"""
