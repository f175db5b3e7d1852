"""Telling people apart by gender, where a figure that is entered by hand is asked for so.

Regulation (EU) 2021/1057, Annex I, has all its figures about participants by female, male and non-binary.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.measures.breakdowns import by_choice


class Gender(models.TextChoices):
    """What a participant says; of who says nothing it is not known."""

    WOMEN = "women", _("Women")
    MEN = "men", _("Men")
    NON_BINARY = "non_binary", _("Non-binary people")


# Nothing is counted by it: the parts are entered with the figure.
BY_GENDER = by_choice("gender", _("Gender"), "", Gender)
