"""What somebody sent in about a practice: its rows and files, its mails, and the draft that its answers become."""
