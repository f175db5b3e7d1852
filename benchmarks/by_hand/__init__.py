"""What the portal is held against: statements written by hand that find the same rows."""
