"""Who took a practice up elsewhere and what came of it: `reporting.report`, `checking.accept`, `asking.run`."""
