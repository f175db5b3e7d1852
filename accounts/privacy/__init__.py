"""How long what the portal holds about people is kept: `keeping.register` is how an app says it of its own records."""
