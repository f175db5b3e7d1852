"""What a reader says of their situation, and how far each practice fits it: `rules.judge` decides, `words` says why,
`remembering` keeps it for them; `facts.register` is how a room tells of places that took a practice up.
"""
