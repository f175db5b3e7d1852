"""A consortium declares its partnership: `declaring.declare` and `withdraw`; `voiding.void` when a partner goes."""
