"""What monitors ask, and the heartbeat by which they know that what is due is done."""
