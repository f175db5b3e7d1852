"""What an organiser asks those who sign up for one event, and what they answer."""
