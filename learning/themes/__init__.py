"""A page for each theme and target group, made by itself: `sections.of` reads what is known, tried, and open."""
