"""What pages remember until something that visitors see has changed."""
