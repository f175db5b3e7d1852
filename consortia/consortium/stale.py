"""Somebody changed what somebody else is writing: told who and when, and nothing is overwritten."""

from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils.translation import gettext

from accounts.users.models import User
from hub.dates.brussels import local


@dataclass
class ChangedError(Exception):
    """It is not what was read any more: for which organisation, by whom and when it was changed."""

    organisation: str
    person: User | None
    at: datetime | None

    def __str__(self) -> str:
        said = gettext(
            "%(organisation)s changed it while you were writing (%(person)s, %(at)s). Nothing of yours is lost: send "
            "it again and your words take its place."
        )
        person = self.person.get_full_name() if self.person else gettext("somebody")
        return said % {
            "organisation": self.organisation,
            "person": person,
            "at": f"{local(self.at):%H:%M}" if self.at else "",
        }


class StaleForm(forms.Form):
    """A form with a hidden field `seen`: what stood when it was drawn."""

    use_required_attribute = False

    def show_again(self, seen: object) -> None:
        """After somebody else's change was told: sent once more, what is typed takes the place of what is `seen`."""
        typed = copy(self.data)
        cast(dict[str, Any], typed)["seen"] = str(seen)
        self.data = typed
