"""What operators do by hand: a copy of everything, the way back and a try of it, cleaning of stored pictures."""
