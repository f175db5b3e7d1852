"""The picture of a practice, and what has to stand beside it: who made it, and how it may be used."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model_string


class PictureLicence(models.TextChoices):
    """How the picture of a practice may be used."""

    BY = "cc-by-4.0", "CC BY 4.0"
    BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
    ZERO = "cc0-1.0", "CC0 1.0"
    PERMISSION = "permission", _("used with permission")
    OWN = "own", _("own work")


# Where the licences that have a text of their own are read.
LICENCE_TEXTS = {
    PictureLicence.BY: "https://creativecommons.org/licenses/by/4.0/",
    PictureLicence.BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    PictureLicence.ZERO: "https://creativecommons.org/publicdomain/zero/1.0/",
}


def picture() -> Any:
    """The field that holds it; its words for who does not see it stand in the texts, one per language."""
    return models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Only a picture that you may show. Without one, the page has a drawing of its theme."),
    )


def author() -> Any:
    """The field that says who made it."""
    return models.CharField(
        _("author of the picture"),
        max_length=160,
        blank=True,
        default="",
        db_default="",
        help_text=_("Who made it: a person or an organisation. Stands below it."),
    )


def licence() -> Any:
    """The field that says how it may be used."""
    return models.CharField(
        _("licence of the picture"),
        max_length=20,
        blank=True,
        default="",
        db_default="",
        choices=PictureLicence,
        help_text=_("How it may be used. Stands below it."),
    )


def check_credit(practice: Any) -> None:
    """Refuses a picture of which nobody says whose it is."""
    if not practice.picture_id:
        return
    lacking = {}
    if not practice.picture_author.strip():
        lacking["picture_author"] = _("Say who made the picture.")
    if not practice.picture_licence:
        lacking["picture_licence"] = _("Say how the picture may be used.")
    if lacking:
        raise ValidationError(lacking)
