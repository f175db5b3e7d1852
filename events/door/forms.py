"""What is asked at the door, and what devices send from there."""

import unicodedata
import uuid
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from events.agenda.models import Event
from events.door import people
from events.door.models import LONGEST_LABEL, DoorPass, Scan, WalkIn
from events.door.passes import days_of
from events.seats import persons
from events.sign_up.forms import check_name
from hub.dates.words import day as written_day

# So many scans come in one go; a device with more sends them one lot after the other.
MOST_SCANS = 50


SHOWN = [
    ("", _("all")),
    (people.EXPECTED, _("still expected")),
    (people.HERE, _("already in")),
    (people.WALK_INS, _("without registration")),
]


class ListForm(forms.Form):
    """Which part of the list is shown."""

    q = forms.CharField(label=_("Name or organisation"), max_length=people.LONGEST_QUESTION, required=False)
    show = forms.ChoiceField(choices=SHOWN, required=False)
    day = forms.DateField(required=False)

    def said(self) -> dict[str, Any]:
        """What was asked for; what nobody offers counts as not asked."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}


class NamesForm(forms.Form):
    """Which names a phone asks for: those of a day behind a key."""

    day = forms.DateField(required=False)
    after = forms.IntegerField(min_value=0, max_value=2**62, required=False)


class NoteForm(forms.Form):
    """One press of a button beside a name."""

    scan = forms.UUIDField()
    person = forms.UUIDField()
    kind = forms.ChoiceField(choices=Scan.Kind.choices)
    day = forms.DateField()


class WalkInForm(forms.ModelForm):
    """Somebody who came without having signed up; the hidden keys make a form that is sent twice one person."""

    scan = forms.UUIDField(widget=forms.HiddenInput)
    person = forms.UUIDField(widget=forms.HiddenInput)
    day = forms.DateField(widget=forms.HiddenInput)

    class Meta:
        model = WalkIn
        fields = ["name", "organisation_name", "email"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "organisation_name": forms.TextInput(attrs={"autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email", "spellcheck": "false"}),
        }

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"scan": uuid.uuid4(), "person": uuid.uuid4()} | (initial or {}))

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        MaxLengthValidator(persons.LONGEST)(unicodedata.normalize("NFKD", name))
        return name


class StartForm(forms.Form):
    """What this phone is called, for who looks at who was let in where."""

    device = forms.CharField(
        label=_("Name of this door"),
        max_length=LONGEST_LABEL,
        help_text=_("The other doors see it beside the time at which you let somebody in."),
    )


class PassForm(forms.ModelForm):
    """A link for helpers, as staff make it."""

    day = forms.TypedChoiceField(label=_("Day"))

    class Meta:
        model = DoorPass
        fields = ["label", "day"]

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = {each.isoformat(): each for each in days_of(event)}
        field: Any = self.fields["day"]
        field.choices = [(code, written_day(each)) for code, each in days.items()]
        field.coerce = days.get


class ScanSerializer(serializers.Serializer[Any]):
    """What a device noted; with a name when it is somebody who came without having signed up."""

    scan = serializers.UUIDField()
    person = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Scan.Kind.choices)
    day = serializers.DateField()
    scanned_at = serializers.DateTimeField()
    name = serializers.CharField(max_length=120, required=False, validators=[check_name])
    organisation_name = serializers.CharField(max_length=160, required=False, allow_blank=True)
    email = serializers.EmailField(required=False, allow_blank=True)


class SendingSerializer(serializers.Serializer[Any]):
    """What a device sends in one go. `sent_at` is its clock at that moment; each scan is judged by itself."""

    sent_at = serializers.DateTimeField()
    scans = serializers.ListField(child=serializers.DictField(), max_length=MOST_SCANS, allow_empty=False)
