"""On the day: who stands at a door (`doors`), what is noted there (`check_in`), also offline, and what is printed."""
