"""A consortium submits its proposal until the deadline: `submitting.submit`; the last one counts."""
