"""Following as visitors see it: asking, confirming from the mailbox, changing, stopping, erasing."""
