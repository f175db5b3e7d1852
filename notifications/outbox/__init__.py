"""Mail that waits to leave: `outbox.queue` writes one, `broadcast` and `telling` write one to each of many."""
