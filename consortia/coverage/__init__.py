"""Who is interested in a call, and what is missing: `coverage.coverage`, for the call's page and for staff."""
