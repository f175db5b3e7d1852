"""What members fill in about an offer or request of their organisation."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from calls.chain.models import Call
from hub.vocabularies.models import Term
from partners.exchange.models import Notice, today, usual_end
from partners.profile.forms import OneTermField, SeveralTermsField

_YEAR = timedelta(days=365)


class NoticeForm(forms.ModelForm):
    """Everything that its page shows."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("What it is"),
        error_messages={"required": _("Choose whether you offer or look for something.")},
        choices=[("offer", _("We offer something")), ("request", _("We look for something"))],
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=_("Language you write in"),
        error_messages={"required": _("Choose the language that you write in.")},
        choices=lambda: settings.LANGUAGES,
    )
    tracks = SeveralTermsField(label=_("Action tracks"))
    themes = SeveralTermsField(label=_("Themes"))
    country = OneTermField(label=_("Country"), error_messages={"required": _("Choose a country.")})
    region = OneTermField(label=_("Region"), required=False, help_text=_("Where it is, if that is in Belgium."))
    call = forms.ModelChoiceField(
        queryset=Call.objects.none(),
        label=_("Call"),
        required=False,
        empty_label=_("for no call in particular"),
    )
    until = forms.DateField(
        label=_("Until"),
        error_messages={"required": _("Enter the last day on which it is shown.")},
        help_text=_("The last day on which it is shown, at most a year from now."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta:
        model = Notice
        fields = ("kind", "title", "text", "language", "country", "region", "call", "until")
        labels: ClassVar[dict[str, Promise]] = {"title": _("Title"), "text": _("Text")}
        error_messages: ClassVar[dict[str, dict[str, Promise]]] = {
            "title": {"required": _("Enter a title.")},
            "text": {"required": _("Enter a text.")},
        }
        help_texts: ClassVar[dict[str, Promise]] = {
            "title": _("What you offer or look for, in a few words. The name of your organisation stands beside it."),
            "text": _("For whom, where and when, and what an answer should say. No addresses: answers reach you here."),
        }
        widgets: ClassVar[dict[str, Any]] = {"text": forms.Textarea(attrs={"rows": 8})}

    field_order = ("kind", "title", "text", "language", "tracks", "themes", "country", "region", "call", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = set(self.instance.terms.values_list("code", flat=True)) if self.instance.pk else set()
        for name, vocabulary in {"tracks": "track", "themes": "theme"}.items():
            self.fields[name].queryset = Term.objects.of(vocabulary)  # type: ignore[attr-defined]  # a choice of terms
            self.fields[name].initial = sorted(chosen)
        for name in ("country", "region"):
            self.fields[name].queryset = Term.objects.of(name)  # type: ignore[attr-defined]  # the same
            term = getattr(self.instance if self.instance.pk else self.instance.organisation, name)
            self.initial[name] = term.code if term else ""
        self.fields["call"].queryset = Call.objects.public()  # type: ignore[attr-defined]  # the same
        if not self.instance.pk:
            self.initial.update(until=usual_end(), language=get_language())

    def clean_until(self) -> date:
        """A day that comes, and within a year."""
        until: date = self.cleaned_data["until"]
        if until < today():
            raise forms.ValidationError(_("This day is past. Choose one that comes."))
        if until > today() + _YEAR:
            raise forms.ValidationError(_("A year from now at most: you can renew it later."))
        return until

    @property
    def chosen_terms(self) -> list[Term]:
        return [*self.cleaned_data["tracks"], *self.cleaned_data["themes"]]
