"""Moving, cancelling and resuming an event: with a reason, on record, told once to everyone who signed up."""
