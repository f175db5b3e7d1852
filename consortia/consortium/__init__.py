"""Organisations that form a consortium for a call: its table of actions is `actions.ACTIONS`, nothing else changes it."""
