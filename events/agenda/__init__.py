"""An event and its words: what exists once, its page in each language, the agenda, calendars, open data."""
