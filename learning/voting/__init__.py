"""Which questions matter most: rounds that staff open and close, one vote per organisation (`casting.cast`)."""
