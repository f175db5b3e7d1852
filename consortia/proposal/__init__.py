"""A consortium submits its proposal, as often as it wants until the deadline: `submitting.submit`; the last one counts."""
