"""Which language words are in, what a reader gets where there are none in theirs, and how the admin asks for
several.
"""
