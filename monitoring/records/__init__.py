"""The records that a figure counts: as many as it says, by the same filter, as a list and as a file."""
