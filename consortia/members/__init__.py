"""What the people of an organisation do with its interest: see it, change it, withdraw it, join it to its profile."""
