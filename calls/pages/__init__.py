"""The words of a call: its page in each language, its calendar entries, and what tells of it."""
