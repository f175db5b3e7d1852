"""The newsletter: what can stand in it, how an issue reads, testing and sending it."""
