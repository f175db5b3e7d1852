"""Signing up and in, by allauth in the portal's way; what an app kept for the visitor is handed over at
`handover.register`.
"""
