"""What somebody did for an organisation or for the centre: it stays, and nobody is named in it any more."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.personal_data.declarations import PersonalData, Stays
from accounts.privacy.keeping import KeepingTime

WHY = _("So that it can be seen later who did what.")
STAYS = _("It belongs to the organisation or to the centre that it was done for; only who did it goes.")


def acted(
    model: type[models.Model],
    *people: str,
    kept: KeepingTime,
    written: tuple[str, ...] = (),
    without: Mapping[str, Any] | None = None,
    theirs_not: tuple[str, ...] = (),
) -> PersonalData:
    """Rows that name who did something; `written` are that person's words, `without` what else names them."""
    return PersonalData(
        model,
        why=WHY,
        kept=kept,
        people=people,
        fields=(*written, *(without or {})),
        written=written,
        theirs_not=theirs_not,
        stays=Stays(STAYS, without=without or {}),
    )
