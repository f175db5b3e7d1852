"""The closed call of 2023 from interest to proposal, an example: rows of their moments, since verbs ask the clock."""
