"""The seats of an event in words: how many of each kind are taken, and how many people wait."""

from typing import Any

from django.utils.translation import gettext, ngettext

from events.agenda.ways import Way


def seats(event: Any) -> str:
    """Of an event that was read with its standing and how many wait."""
    said = [_taken(event, way) for way in event.ways]
    if event.is_hybrid:
        said = [f"{way.label}: {each}" for way, each in zip(event.ways, said, strict=True)]
    if event.waiting:
        said.append(ngettext("%(number)d waiting", "%(number)d waiting", event.waiting) % {"number": event.waiting})
    return " · ".join(said)


def _taken(event: Any, way: Way) -> str:
    there_are, taken = event.seats(way), event.taken(way)
    if there_are is None:
        return ngettext("%(taken)d taken, no limit", "%(taken)d taken, no limit", taken) % {"taken": taken}
    if taken > there_are:
        return gettext("%(taken)d taken, %(over)d more than there are") % {"taken": taken, "over": taken - there_are}
    return gettext("%(taken)d taken, %(left)d left") % {"taken": taken, "left": there_are - taken}
