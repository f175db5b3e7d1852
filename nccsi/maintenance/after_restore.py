"""What must happen to a restored portal before anybody uses it, such as erasing again what was erased since."""

from collections.abc import Callable

Step = Callable[[], int]

_steps: dict[str, Step] = {}


def register(what: str, step: Step) -> None:
    """Have this done after each restore; it returns how many it touched, and must be safe to repeat.

    `what` says it in a few words, for the person at the terminal: "erasures replayed".
    """
    _steps[what] = step


def run() -> dict[str, int]:
    """Do all of it, in the order in which it was registered; how many each touched."""
    return {what: step() for what, step in _steps.items()}
