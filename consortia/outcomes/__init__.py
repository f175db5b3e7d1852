"""What came of a review: `Outcome`, which `recommendation` writes, and `Release`; `shown.outcome` is for partners."""
