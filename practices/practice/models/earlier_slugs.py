from django.db import models

from hub.pages.renaming import EarlierSlug
from practices.practice.models.practice import Practice


class EarlierPracticeSlug(EarlierSlug):
    """Under which addresses a practice was published before."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="earlier_slugs")

    class Meta:
        verbose_name = "earlier slug"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["slug", "practice"], name="practice_earlier_slug_once"),
        ]
