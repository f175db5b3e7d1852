"""Offers and requests of organisations: listed until a day, answered through the portal, renewed from a mail."""
