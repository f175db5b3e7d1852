"""What must happen to a restored portal before anybody uses it, such as erasing again what was erased since."""

from collections.abc import Callable

Step = Callable[[], int]

_steps: dict[str, Step] = {}
_warnings: dict[str, str] = {}


def register(what: str, step: Step, *, at_none: str = "") -> None:
    """Have this done after each restore; it returns how many it touched, and must be safe to repeat.

    `what` says it in a few words, for the person at the terminal: "erasures replayed". `at_none` warns them where it
    touched none.
    """
    _steps[what] = step
    _warnings[what] = at_none


def warning(what: str, number: int) -> str:
    """What the person at the terminal must look after, where this step touched so many; "" for nothing."""
    return "" if number else _warnings.get(what, "")


def run() -> dict[str, int]:
    """Do all of it, in the order in which it was registered; how many each touched."""
    return {what: step() for what, step in _steps.items()}
