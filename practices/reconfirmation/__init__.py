"""Facts grow old: owners are asked whether a practice still holds (`owner_requests.run`), and say so."""
