import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

# So many dates a page can tell of, and one sign-up lock.
MOST_DATES = 30


class Series(models.Model):  # type: ignore[django-manager-missing]  # mypy reads events, which lead here, later
    """Events that share their words: each of the `dates` is an event with seats, questions and changes of its own."""

    uid = models.UUIDField(
        default=uuid.uuid4, unique=True, editable=False, help_text=_("Names it in addresses and open data.")
    )
    title = I18nCharField(_("short title"))

    class Meta:
        verbose_name = _("series of events")
        verbose_name_plural = _("series of events")

    def __str__(self) -> str:
        return str(self.title)
