"""What a practice is: its facts, words and terms, and what a reader gets of them.

Whoever is to see which is `Practice.objects.public()`; rows and cards come from `presentation.summaries`.
"""
