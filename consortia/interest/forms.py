from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.public_forms.spam import GuardedForm
from accounts.users import addresses
from accounts.users.models import User
from calls.chain.models import Call
from consortia.interest.models import Contribution, Interest
from hub.vocabularies.models import Term
from partners.organisations.models import Organisation

CONSENT_WORDING: Promise = _(
    "The centre uses what you fill in to follow up on this call and to bring organisations together. "
    "Other visitors see how many organisations show interest, from which sectors and in which action tracks; which "
    "organisations only where they allow it. You can change it until the deadline and withdraw it at any time."
)
_LONGEST_HOW = Contribution._meta.get_field("how").max_length


class TermField(forms.ModelChoiceField):
    """One term of a vocabulary, as radio buttons; addresses and forms carry its code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Term.objects.none(), to_field_name="code", empty_label=None, widget=forms.RadioSelect, **kwargs
        )


class TermsField(forms.ModelMultipleChoiceField):
    """Terms of a vocabulary as boxes to tick; forms carry their codes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Term.objects.none(), to_field_name="code", widget=forms.CheckboxSelectMultiple, **kwargs
        )


class AnswersForm(forms.Form):
    """What an organisation says about its interest: role, contributions, what it offers and seeks, who may see it.

    Beside each action track stands a field `how_<code>`, drawn with the box of its track.
    """

    template_name = "consortia/answers_form.html"

    role = forms.ChoiceField(
        label=_("What you want to do"),
        error_messages={"required": _("Choose what you want to do.")},
        choices=lambda: [(value, capfirst(label)) for value, label in Interest.Role.choices],
        widget=forms.RadioSelect,
    )
    tracks = TermsField(
        label=_("Action tracks that you want to contribute to"),
        help_text=_("Tick what fits and say in a few words how: with people, places, methods, money."),
        error_messages={"required": _("Choose at least one action track.")},
        template_name="consortia/contributions_field.html",
    )
    offers = forms.CharField(
        label=_("What you offer"),
        help_text=_("Experience, people, places, networks, co-financing: what others can build on."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    seeks_sectors = TermsField(label=_("Sectors from which you look for partners"), required=False)
    seeks_tracks = TermsField(label=_("Action tracks for which you look for partners"), required=False)
    looks_for = forms.CharField(
        label=_("What you look for"),
        help_text=_("Whom or what your plans still lack."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    is_shown = forms.BooleanField(
        label=_("Others may see that we show interest"),
        help_text=_(
            "Once your organisation is in the directory, they see its name, sector, role, action tracks and which "
            "partners it seeks. Your own name, your address and your texts are for the centre alone."
        ),
        required=False,
    )

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tracks = call.tracks.all() or Term.objects.of("track")
        self._offer("tracks", tracks)
        self._offer("seeks_tracks", tracks)
        self._offer("seeks_sectors", Term.objects.of("sector"))
        beside = {f"how_{track.code}": self._how(track) for track in tracks}
        names = list(self.fields)
        self.fields.update(beside)
        after = names.index("tracks") + 1
        self.order_fields([*names[:after], *beside, *names[after:]])

    @staticmethod
    def _how(track: Term) -> forms.CharField:
        return forms.CharField(
            label=gettext("How you contribute to “%(track)s”") % {"track": track},
            required=False,
            max_length=_LONGEST_HOW,
            # Tells the stylesheet whether something is written in it.
            widget=forms.TextInput(attrs={"placeholder": " "}),
        )

    def _offer(self, name: str, terms: QuerySet[Term]) -> None:
        field: Any = self.fields[name]
        field.queryset = terms

    def fields_in_order(self) -> Iterator[forms.BoundField]:
        """Those that are drawn on their own."""
        return (field for field in self.visible_fields() if not field.name.startswith("how_"))

    def contributions(self) -> list[tuple[Any, forms.BoundField]]:
        """The box of each action track, with the field beside it."""
        boxes = self["tracks"].subwidgets
        return [(box, self[f"how_{box.data['value']}"]) for box in boxes]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = {track.code for track in cleaned.get("tracks") or []}
        for name in [name for name in self.fields if name.startswith("how_")]:
            if cleaned.get(name) and name.removeprefix("how_") not in chosen and "tracks" not in self.errors:
                self.add_error(name, gettext("Tick the action track as well, or delete the text beside it."))
        return cleaned

    def said(self) -> dict[str, Any]:
        """The answers in the words of `answers.Answers`."""
        said = {name: self.cleaned_data[name] for name in ("role", "offers", "looks_for", "is_shown")}
        tracks = list(self.cleaned_data["tracks"])
        return said | {
            "tracks": tracks,
            "how": {track.pk: self.cleaned_data[f"how_{track.code}"] for track in tracks},
            "seeks": [*self.cleaned_data["seeks_tracks"], *self.cleaned_data["seeks_sectors"]],
        }

    def typed(self) -> list[tuple[str, str]]:
        """Label and text of everything that was filled in, valid or not, to be shown back for copying."""
        rows = []
        for bound in self.visible_fields():
            value = bound.value()
            if bound.name == "website" or value in (None, "", [], False):
                continue
            chosen = [str(each) for each in value] if isinstance(value, list) else [str(value)]
            choices = getattr(bound.field, "choices", None)
            labels = {str(code): str(label) for code, label in choices} if choices is not None else {}
            said = gettext("yes") if value is True else ", ".join(labels.get(each, each) for each in chosen)
            rows.append((str(bound.label), said))
        return rows


class InterestForm(AnswersForm, GuardedForm):
    """An organisation's interest in a call."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        required=False,
        label=_("Your organisation"),
        empty_label=_("Another organisation: I fill it in below"),
    )
    organisation_name = forms.CharField(
        label=_("Name of your organisation"),
        error_messages={"required": _("Enter the name of your organisation.")},
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    sector = TermField(
        label=_("Sector"),
        error_messages={"required": _("Choose the sector of your organisation.")},
        help_text=_("Where your organisation stands in the societal pentagon."),
    )
    contact_name = forms.CharField(
        label=_("Your name"),
        error_messages={"required": _("Enter your name.")},
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={"required": _("Enter your e-mail address.")},
        help_text=_("We send a link there to confirm your interest."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
    )

    field_order = ["organisation", "organisation_name", "sector", "contact_name", "email"]

    def __init__(self, *args: Any, call: Call, user: User | None, **kwargs: Any) -> None:
        super().__init__(*args, call=call, **kwargs)
        fields: dict[str, Any] = self.fields
        own, free = Organisation.objects.acted_for_by(user), still_to_register(user, call)
        # One that stands already is refused with words, not as an unknown choice.
        if free.exists() or (self.is_bound and self.data.get("organisation") and own.exists()):
            fields["organisation"].queryset = own.select_related("sector")
            offered = [(each.pk, str(each)) for each in free]
            fields["organisation"].widget.choices = [("", fields["organisation"].empty_label), *offered]
            fields["organisation_name"].required = fields["sector"].required = False
            fields["organisation_name"].help_text = _("Only when it is another organisation.")
        else:
            del fields["organisation"]
        if user and addresses.holds(user, user.email):
            fields["email"].help_text = _("The receipt goes there. Another address than your own is confirmed by mail.")
        self._offer("sector", Term.objects.of("sector"))

    def clean_email(self) -> str:
        return User.normalise_email(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        organisation = cleaned.get("organisation")
        if organisation:
            cleaned["organisation_name"] = organisation.name
            cleaned["sector"] = organisation.sector
            return cleaned
        if not cleaned.get("organisation_name") and "organisation_name" not in self.errors:
            self.add_error("organisation_name", gettext("Choose your organisation or fill in its name."))
        if not cleaned.get("sector") and "sector" not in self.errors:
            self.add_error("sector", gettext("Choose the sector of your organisation."))
        return cleaned

    def answers(self) -> dict[str, Any]:
        """What the person filled in, without the guards."""
        names = ["organisation_name", "sector", "contact_name", "email"]
        own = {name: self.cleaned_data[name] for name in names}
        return self.said() | own | {"organisation": self.cleaned_data.get("organisation")}


def still_to_register(user: User | None, call: Call) -> QuerySet[Organisation]:
    """The organisations in whose name this person may show interest in a call, and that do not show it yet."""
    stands = Interest.objects.standing().filter(call=call, organisation__isnull=False)
    return Organisation.objects.acted_for_by(user).exclude(pk__in=stands.values("organisation")).order_by("name", "pk")


def initial_of(interest: Interest) -> dict[str, Any]:
    """What an interest says, as a form shows it."""
    contributions = list(interest.contributions.select_related("track"))
    seeks = list(interest.seeks.all())
    said: dict[str, Any] = {name: getattr(interest, name) for name in ("role", "offers", "looks_for", "is_shown")}
    return {
        **said,
        "contact_name": interest.contact_name,
        "tracks": [each.track.code for each in contributions],
        **{f"how_{each.track.code}": each.how for each in contributions},
        "seeks_tracks": [term.code for term in seeks if term.vocabulary == "track"],
        "seeks_sectors": [term.code for term in seeks if term.vocabulary == "sector"],
    }
