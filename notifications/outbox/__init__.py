"""Mail that waits to leave: `outbox.queue` writes one, `broadcast` one to each row of a SELECT, `telling` one to
everybody who hears of a change.
"""
