"""What the portal holds about people: `declarations.register` is how an app says it of its own records, `erasing.erase`
forgets a person, `forgetting.replay` does so again after a backup was restored."""
