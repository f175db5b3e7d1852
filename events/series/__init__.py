"""What events have in common that share their words: each date of a `models.Series` is an event of its own."""
