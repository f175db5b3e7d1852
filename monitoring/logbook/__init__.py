"""What we assumed, what happened, what we change: `writing.write` makes the next version, `taking_over` a question."""
