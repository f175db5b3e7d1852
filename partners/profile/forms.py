"""The profile as its members fill it in."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.public_forms.names import validate_name
from hub.files.checking import PictureField
from hub.languages.names import language_name
from hub.vocabularies.models import Term
from partners.organisations.identifiers import plain
from partners.organisations.models import Organisation, OrganisationText

# By the field of the form: the vocabulary of the terms that it takes.
SEVERAL = {"themes": "theme", "tracks": "track", "targets": "target", "active": "region"}
ONE = {"sector": "sector", "country": "country", "region": "region"}
PLAIN = ("name", "size", "website", "email", "enterprise_number", "vcode", "pic")
LONGEST_BODY = 10_000


class SeveralTermsField(forms.ModelMultipleChoiceField):
    """Terms of one vocabulary as boxes to tick; forms carry their codes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            queryset=Term.objects.none(),
            to_field_name="code",
            required=False,
            widget=forms.CheckboxSelectMultiple({"class": "choices--long"}),
            **options,
        )


class OneTermField(forms.ModelChoiceField):
    """One term of a vocabulary, out of a list."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Term.objects.none(), to_field_name="code", **options)


@dataclass(frozen=True)
class Group:
    """Fields that stand together under a heading."""

    heading: str | Promise
    fields: list[forms.BoundField]


class NumbersMixin(forms.Form):
    """The numbers in registers, written as people copy them: with points and spaces, a country in front."""

    enterprise_number = forms.CharField(label=_("Enterprise number (KBO/BCE)"), required=False, max_length=24)
    vcode = forms.CharField(label=_("vCode (Verenigingsregister)"), required=False, max_length=24)
    pic = forms.CharField(label=_("EU PIC"), required=False, max_length=24)

    def clean_enterprise_number(self) -> str:
        return plain("enterprise_number", self.cleaned_data["enterprise_number"])

    def clean_vcode(self) -> str:
        return plain("vcode", self.cleaned_data["vcode"])

    def clean_pic(self) -> str:
        return plain("pic", self.cleaned_data["pic"])


class ProfileForm(NumbersMixin, forms.ModelForm):
    """Facts, words in each language of the portal, and the logo."""

    use_required_attribute = False

    sector = OneTermField(
        label=_("Sector"),
        error_messages={"required": _("Choose the sector of your organisation.")},
        help_text=_("Where it stands in the societal pentagon."),
    )
    country = OneTermField(label=_("Country"), error_messages={"required": _("Choose a country.")})
    website = forms.URLField(label=_("Website"), required=False, max_length=200, assume_scheme="https")
    region = OneTermField(label=_("Region"), required=False, help_text=_("Where its seat is, if that is in Belgium."))
    themes = SeveralTermsField(label=_("Themes"))
    tracks = SeveralTermsField(label=_("Action tracks"))
    targets = SeveralTermsField(label=_("Target groups"))
    active = SeveralTermsField(label=_("Where it is active"))
    logo_remove = forms.BooleanField(label=_("Take the logo away"), required=False)

    class Meta:
        model = Organisation
        fields = ("name", "size", "website", "email", "enterprise_number", "vcode", "pic")
        labels: ClassVar[dict[str, Promise]] = {
            "name": _("Name"),
            "size": _("Size"),
            "email": _("Mailbox for messages"),
        }
        error_messages: ClassVar[dict[str, dict[str, Promise]]] = {
            "name": {"required": _("Enter the name of your organisation.")},
        }
        help_texts: ClassVar[dict[str, Promise]] = {
            "size": _("By the people who work there, as the European Union counts them (Recommendation 2003/361/EC)."),
            "email": _("Not shown. Messages from your page go there; without one they go to all members."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(validate_name)
        for name, vocabulary in {**ONE, **SEVERAL}.items():
            self.fields[name].queryset = Term.objects.of(vocabulary)  # type: ignore[attr-defined]  # a choice of terms
        for code, _name in settings.LANGUAGES:
            self._add_words(code)
        # Made anew for each reader: Wagtail puts limits and errors into words when the field is made.
        self.fields["logo_file"] = PictureField(label=gettext("Logo"), required=False)
        self.fields["logo_file"].help_text = gettext(
            "A picture that may be shown to everybody. It replaces the one that is there."
        )
        if not self.instance.logo_id:
            del self.fields["logo_remove"]

    def _add_words(self, code: str) -> None:
        language = {"language": language_name(code)}
        self.fields[f"summary_{code}"] = forms.CharField(
            label=gettext("Summary in %(language)s") % language,
            required=False,
            max_length=OrganisationText._meta.get_field("summary").max_length,
            help_text=gettext("What it does and for whom, in one or two sentences."),
            widget=forms.Textarea({"rows": 3, "lang": code}),
        )
        self.fields[f"body_{code}"] = forms.CharField(
            label=gettext("Description in %(language)s") % language,
            required=False,
            max_length=LONGEST_BODY,
            widget=forms.Textarea({"rows": 8, "lang": code}),
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ONE:
            if name in cleaned:
                setattr(self.instance, name, cleaned[name])
        words = {code: (cleaned.get(f"summary_{code}"), cleaned.get(f"body_{code}")) for code, _name in self.languages}
        for code, (summary, body) in words.items():
            if body and not summary:
                self.add_error(f"summary_{code}", gettext("Write a summary, too: lists and searches show it."))
        if not any(summary for summary, _body in words.values()):
            self.add_error(f"summary_{self.languages[0][0]}", gettext("Write a summary in at least one language."))
        if cleaned.get("region") and cleaned.get("country") and not _is_within(cleaned["region"], cleaned["country"]):
            self.add_error("region", gettext("This region is not in the country that you chose."))
        return cleaned

    @property
    def languages(self) -> list[tuple[str, str]]:
        return list(settings.LANGUAGES)

    @property
    def groups(self) -> list[Group]:
        """The form as the page shows it."""
        told: list[tuple[str | Promise, list[str]]] = []
        told += [(_("The organisation"), ["name", "sector", "country", "region", "size"])]
        told += [
            (gettext("In %(language)s") % {"language": language_name(code)}, [f"summary_{code}", f"body_{code}"])
            for code, _name in self.languages
        ]
        told += [(_("What it works on"), list(SEVERAL))]
        told += [(_("Where to find it"), ["website", "email", "logo_file", "logo_remove"])]
        told += [(_("Numbers in registers"), ["enterprise_number", "vcode", "pic"])]
        return [Group(heading, [self[name] for name in names if name in self.fields]) for heading, names in told]


def _is_within(region: Term, country: Term) -> bool:
    """NUTS codes begin with the country's own letters, which are those of ISO 3166 but for Greece."""
    return region.code[:2].upper() == {"GR": "EL"}.get(country.code.upper(), country.code.upper())
