"""What waits for the centre: each app says it, the first page of the admin shows it."""
