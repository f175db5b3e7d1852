"""What happens when somebody signs in: an app that kept something for the visitor hands it over to the account."""

from collections.abc import Callable

from django.http import HttpRequest

from accounts.users.models import User

Step = Callable[[HttpRequest, User], object]

_steps: list[Step] = []


def register(step: Step) -> None:
    """Have `step(request, user)` called once the session is the user's; what the visitor had in it is still there."""
    if step not in _steps:
        _steps.append(step)


def signed_in(request: HttpRequest, user: User) -> None:
    """Somebody just signed in, by whatever means."""
    for step in _steps:
        step(request, user)
