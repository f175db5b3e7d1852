"""Full-text search in the words' own language: what is stored, what is asked; the parts of every list."""
