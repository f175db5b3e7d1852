"""Organisations form a consortium for a call: nothing changes it but the table `actions.ACTIONS` lets it."""
