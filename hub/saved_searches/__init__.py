"""Searches of any list that somebody follows: `lists.register` makes a list one, `alerts.run` tells what is new."""
