"""How much of a consortium the centre sees: set by those who lead (`setting.share`), said on its page (`shown`)."""
