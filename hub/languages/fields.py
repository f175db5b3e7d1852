"""Fields of models that hold languages."""

from typing import Any

from django.conf import settings
from django.db import models


def all_languages() -> list[str]:
    """The codes of the portal's languages, in its order."""
    return [code for code, _name in settings.LANGUAGES]


class LanguageCodesField(models.JSONField):
    """A list of codes of languages, at first all of the portal's. Migrations know it as the column that it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": all_languages, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, arguments, kwargs = super().deconstruct()
        kwargs.pop("default", None)
        return name, "django.db.models.JSONField", arguments, kwargs
