"""Hearing of new events: what the newsletter and those who follow an organisation or a theme are told."""
