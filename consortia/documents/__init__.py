"""Documents of a consortium, letters of endorsement among them: `adding.add`, `replace`, `remove`; nobody's is lost."""
