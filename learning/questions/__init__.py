"""What the network wants to know: `models.Question`, its words in each language, its state, and who may keep it."""
