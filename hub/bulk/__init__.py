"""What staff do to many things of a list at once: `actions.ConfirmedAction` says what will happen, and does it."""
