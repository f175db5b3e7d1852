"""The public page of one practice: `presentation.open_page`, what is related, and the question to its owner
(`contact_owner.ask`).
"""
