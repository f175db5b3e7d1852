"""What operators do by hand: a copy of everything and the way back, cleaning of stored pictures."""
