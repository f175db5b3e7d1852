"""How facts are edited: nobody's change is lost, every change is on record, and each can be taken back.

A fact is what staff edit in a form of the admin and what has no drafts: a call with its deadlines, an event, an
organisation, a term, the settings. `FactViewSet` gives its model all of this; what the form shows is what is watched.
"""
