"""Who asked to hear of what, with the proof of consent; `topics.register` makes a thing followable."""
