"""What monitors ask: each part's state, figures, errors, and the heartbeat that tells that what is due is done."""
