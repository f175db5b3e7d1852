"""Moving a date and withdrawing a call: with a reason, on record, told once."""
