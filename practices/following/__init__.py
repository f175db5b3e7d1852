"""Hearing of what is new: searches that are followed, their mails (`alerts.run`), the feed, and the newsletter."""
