"""The tables of a practice: facts, texts and sources, figures, documents and uses, earlier addresses."""
