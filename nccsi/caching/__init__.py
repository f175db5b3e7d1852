"""Pages that are the same for everyone are kept whole until the database notes a change in what they show."""
