"""The pages on which somebody describes a practice step by step, sends it, and follows it; `submission` has the
verbs.
"""
