"""Two profiles of one organisation become one: `plan.plan` says what moves, `merging.merge` does it."""
