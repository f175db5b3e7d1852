"""How waiting mail leaves: `sending.drain` composes it, speaks with the mail server, judges what it answers and
pauses when it refuses us.
"""
