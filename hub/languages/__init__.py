"""Which language words are in, what a reader gets for want of their own, how the admin asks for several."""
