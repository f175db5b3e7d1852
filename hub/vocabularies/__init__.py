"""The words by which everything is found: terms, and the files that a portal starts with."""
