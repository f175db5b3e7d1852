"""Who reviews the consortia of a call: `appointing.appoint` and `dismiss` by staff; `access.seat` says as what."""
