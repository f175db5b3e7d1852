"""Full-text search in the words' own language: what is stored, what is asked, the words of pages; the parts of every
list.
"""
