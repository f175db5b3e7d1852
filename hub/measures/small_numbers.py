"""Small numbers of people are told to nobody: who knows the place would know who they are."""

from collections.abc import Mapping

from hub.measures.counting import Value

# Fewer people than this are not shown, as with what people thought of an event (`events.feedback.results`).
FEWEST = 5


def is_hidden(value: Value) -> bool:
    """Whether so few people are in it that it is not shown; nobody at all tells of nobody."""
    return 0 < value.number < FEWEST


def hidden(parts: Mapping[str, Value]) -> set[str]:
    """The keys of those not shown. A single one could be worked out from the whole: then the next goes, too."""
    found = {key for key, value in parts.items() if is_hidden(value)}
    if len(found) == 1:
        others = [(value.number, key) for key, value in parts.items() if key not in found and value.number]
        found |= {key for _number, key in sorted(others)[:1]}
    return found
