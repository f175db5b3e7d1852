"""How fast mail is queued and leaves."""
