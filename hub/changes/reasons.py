"""Why something that people rely on changed, in every language in which they read about it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from i18nfield.forms import I18nFormField
from i18nfield.strings import LazyI18nString

from hub.languages.names import language_name
from hub.languages.widgets import LabelledTextarea

if TYPE_CHECKING:
    from wagtail.models import PageQuerySet

# Words per language: a plain mapping, or what an I18n field holds.
Reason: TypeAlias = LazyI18nString | Mapping[str, str]


def languages_of(pages: "PageQuerySet[Any]") -> list[str]:
    """The languages in which people read these pages, in the portal's order."""
    live = set(pages.live().values_list("locale__language_code", flat=True))
    return [code for code, _name in settings.LANGUAGES if code in live]


def check(reason: Reason, *, languages: Sequence[str]) -> LazyI18nString:
    """A reason that every reader can read; else an error that names the languages it lacks."""
    given = reason.data if isinstance(reason, LazyI18nString) else dict(reason)
    words = {code: text.strip() for code, text in given.items() if text and text.strip()}
    if not words:
        raise ValidationError(gettext("Say why, so that people understand it."), code="no_reason")
    missing = [code for code in languages if code not in words]
    if missing:
        names = ", ".join(language_name(code) for code in missing)
        raise ValidationError(
            gettext("There are pages in these languages too; say why in each of them: %(languages)s."),
            code="reason_lacks_languages",
            params={"languages": names},
        )
    return LazyI18nString(words)


class ReasonForm(forms.Form):
    """Asks why, in each language."""

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages
        self.fields["reason"] = I18nFormField(
            label=_("Reason"),
            help_text=_("Everyone who is told reads this, and it stays on the page."),
            widget=LabelledTextarea,
            required=False,  # which languages are needed, and what to say when one lacks, is settled below
            require_all_fields=False,
        )

    def clean_reason(self) -> LazyI18nString:
        return check(self.cleaned_data["reason"], languages=self.languages)
