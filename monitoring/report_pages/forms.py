"""The forms of reports in the admin."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm

from hub.dates.fields import DayInput
from hub.languages.names import language_name
from monitoring.reports.models import Report, Template


def languages() -> list[tuple[str, str]]:
    """Those of the portal, as the reader calls them."""
    return [(code, language_name(code)) for code, _name in settings.LANGUAGES]


class PartsForm(WagtailAdminModelForm):
    """A form with parts that choose among the same figures: those are read once for all of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = None
        for part in self.formsets["parts"].forms:
            field = part.fields["indicator"]
            choices = choices or list(field.choices)
            field.choices = choices


class ReportForm(PartsForm):
    """A report; in one more language of a published one, its figures are of the same moment and period."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.known_at:
            for name in ("since", "until", "as_of"):
                self.fields[name].disabled = True

    def clean_language(self) -> str:
        language: str = self.cleaned_data["language"]
        others = Report.objects.filter(family=self.instance.family, language=language).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError(_("The same report is there in this language already."))
        return language


class BeginForm(forms.Form):
    """What a report is about, before anything is in it."""

    template = forms.ModelChoiceField(label=gettext_lazy("Template"), queryset=Template.objects.all(), empty_label=None)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=languages)
    since = forms.DateField(label=gettext_lazy("From"), widget=DayInput)
    until = forms.DateField(label=gettext_lazy("Until"), widget=DayInput, help_text=gettext_lazy("This day included."))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("The period ends before it begins."))
        return cleaned


class CopyForm(forms.Form):
    """In which language the report is to be, too."""

    language = forms.ChoiceField(label=gettext_lazy("Copy it to another language"))

    def __init__(self, data: Any = None, *, report: Report) -> None:
        super().__init__(data)
        there = set(Report.objects.filter(family=report.family).values_list("language", flat=True))
        self.fields["language"].choices = [(code, name) for code, name in languages() if code not in there]  # type: ignore[attr-defined]
