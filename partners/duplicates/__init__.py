"""Profiles that may be one organisation: `finding.find` keeps the pairs, `deciding.say` what staff decided."""
