import unicodedata
from collections.abc import Iterator
from copy import copy
from hashlib import sha256
from typing import Any, cast

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.public_forms.names import validate_name
from accounts.public_forms.spam import GuardedForm
from accounts.users.models import User
from events.agenda.models import Event
from events.agenda.ways import Way
from events.questions import answering
from events.seats import persons
from events.seats.keeping_times import ACCESS_NEEDS
from events.seats.models import Registration, Wish
from events.seats.registration import MOST_PEOPLE

CONSENT_WORDING: Promise = format_lazy(
    _(
        "We use what you fill in to organise this event and to mail you about it, for nothing else. "
        "What you need to take part is deleted {days} days after the event."
    ),
    days=ACCESS_NEEDS.days,
)
# What the value of a choice says besides the way: the page said that all its seats are taken.
_WAITS = ":waits"
_COLLEAGUES = {f"{what}_{number}" for what in ("name", "email") for number in range(2, MOST_PEOPLE + 1)}


def check_name(name: str) -> None:
    """Raises ValidationError for a name that the database cannot compare."""
    MaxLengthValidator(persons.LONGEST)(unicodedata.normalize("NFKD", name))


def wish_choices(event: Event) -> Iterator[tuple[str, str]]:
    """The ways of attending that an event offers, with what is left of each; needs its standing."""
    for way in event.ways:
        left = event.left(way)
        label = str(Wish(way.value).label)
        if left == 0:
            label = gettext("%(way)s: all seats are taken, you join the waiting list") % {"way": label}
        elif left is not None:
            text = ngettext("%(way)s: %(left)d seat left", "%(way)s: %(left)d seats left", left)
            label = text % {"way": label, "left": left}
        yield way.value + (_WAITS if left == 0 else ""), label
    if event.is_hybrid and event.left(Way.ROOM) is not None:
        yield Wish.EITHER.value, str(Wish.EITHER.label)


class WishField(forms.ChoiceField):
    """A way of attending; what was full when the page was made may be free now, and the other way round."""

    def offer(self, choices: list[tuple[str, str]]) -> None:
        """Let one choose among these."""
        self.choices = choices
        self._offered = {value.removesuffix(_WAITS) for value, _label in choices}

    def valid_value(self, value: str) -> bool:
        return value.removesuffix(_WAITS) in self._offered


class SignUpForm(GuardedForm, forms.ModelForm):
    """What we ask for a seat, for oneself and up to four colleagues; where a name is in doubt also whether it is the
    same person as before.

    The button of an event that is full says that a place on the waiting list will do, as does the choice of a way of
    attending that is full.
    """

    # Whether the button of the page that comes back says that waiting will do.
    must_wait = False

    waits = forms.BooleanField(required=False, widget=forms.HiddenInput)
    same = forms.ChoiceField(
        label=_("Is that the same person?"),
        error_messages={"required": _("Choose whether it is the same person.")},
        choices=[
            ("yes", _("Yes, the same person: these answers replace the earlier ones")),
            ("no", _("No, a colleague with a seat of their own")),
        ],
        widget=forms.RadioSelect,
    )
    wish = WishField(
        label=_("How do you want to take part?"),
        error_messages={"required": _("Choose how you want to take part.")},
        widget=forms.RadioSelect,
    )
    together = forms.ChoiceField(
        label=_("If there are not enough seats for all of you"),
        choices=[
            ("", _("Whoever fits takes a seat; the others wait")),
            ("together", _("All together or not at all: you wait until there are seats for all")),
        ],
        widget=forms.RadioSelect,
        required=False,
        initial="",
    )

    class Meta:
        model = Registration
        fields = ["name", "email", "organisation_name", "access_needs"]
        labels = {"name": _("Your name"), "email": _("E-mail address"), "organisation_name": _("Organisation")}
        error_messages = {
            "name": {"required": _("Enter your name.")},
            "email": {"required": _("Enter your e-mail address.")},
        }
        help_texts = {
            "email": _("The confirmation with the calendar file goes there."),
            "access_needs": format_lazy(
                _("For example step-free access, sign language or a diet. Deleted {days} days after the event."),
                days=ACCESS_NEEDS.days,
            ),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
            "organisation_name": forms.TextInput(attrs={"autocomplete": "organization", "list": "organisations"}),
            "access_needs": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("same", "waits"):
            if name not in self.data:
                del self.fields[name]
        if wishes := self.wishes(event):
            self._wish.offer(wishes)
        else:
            del self.fields["wish"]
        self.fields.update(self.questions(event))
        for number in range(2, MOST_PEOPLE + 1):
            self.fields[f"name_{number}"], self.fields[f"email_{number}"] = _colleague(number)

    def wishes(self, event: Event) -> list[tuple[str, str]]:
        """The ways of attending to choose from; none where there is but one."""
        return list(wish_choices(event)) if event.is_hybrid else []

    def questions(self, event: Event) -> dict[str, forms.Field]:
        """What the event asks of its own."""
        return answering.fields(event)

    @property
    def _wish(self) -> WishField:
        return cast(WishField, self.fields["wish"])

    def offer(self, event: Event) -> None:
        """Bring the page back with what the event offers now, and the way that was chosen."""
        if "wish" not in self.fields:
            return
        chosen = self.data.get(self.add_prefix("wish"), "").removesuffix(_WAITS)
        wishes = list(wish_choices(event))
        self._wish.offer(wishes)
        now = next((value for value, _label in wishes if value.removesuffix(_WAITS) == chosen), "")
        self.data = copy(self.data)
        cast(dict[str, Any], self.data)[self.add_prefix("wish")] = now

    def page_fields(self) -> list[forms.BoundField]:
        """What stands on the page itself."""
        folded = {field.name for field in self.colleague_fields()}
        return [field for field in self.visible_fields() if field.name not in folded]

    def colleague_fields(self) -> list[forms.BoundField]:
        """What opens for who signs up others, too."""
        return [*(field for field in self.visible_fields() if field.name in _COLLEAGUES), self["together"]]

    @property
    def has_colleagues(self) -> bool:
        """Whether that part is open: something was typed in it."""
        return any(bool(field.data) for field in self.colleague_fields())

    def ask_whether_same(self, name: str) -> None:
        """Bring the page back with the question, and everything that was typed."""
        self.fields["same"] = copy(self.base_fields["same"])
        self.order_fields(["same"])
        self.add_error(
            "same", gettext("This address is signed up for this event in the name of %(name)s.") % {"name": name}
        )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        check_name(name)
        return name

    def clean_email(self) -> str:
        return User.normalise_email(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for number in range(2, MOST_PEOPLE + 1):
            name, email = cleaned.get(f"name_{number}"), cleaned.get(f"email_{number}")
            if name and not email and f"email_{number}" not in self.errors:
                self.add_error(f"email_{number}", gettext("Each person gets a mail of their own: where to?"))
            if email and not name and f"name_{number}" not in self.errors:
                self.add_error(f"name_{number}", gettext("Who is it? The seat is in this name."))
        return cleaned

    def answers(self) -> dict[str, Any]:
        """What the person filled in, and what stands for this very page: the same page sent twice is one act."""
        page = [self.data.get(self.add_prefix("rendered"), ""), *sorted(self.act.items())]
        cleaned = self.cleaned_data
        same, wish = cleaned.get("same"), cleaned.get("wish", "")
        pairs = [(cleaned.get(f"name_{each}"), cleaned.get(f"email_{each}")) for each in range(2, MOST_PEOPLE + 1)]
        return {name: cleaned[name] for name in self.Meta.fields} | {
            "wish": wish.removesuffix(_WAITS),
            "waits": bool(cleaned.get("waits")) or wish.endswith(_WAITS),
            "answers": answering.said(cleaned),
            "companions": [(name, email) for name, email in pairs if name],
            "together": cleaned.get("together") == "together",
            "is_same": None if same is None else same == "yes",
            "sent_as": sha256(repr(page).encode()).hexdigest(),
        }


def _colleague(number: int) -> tuple[forms.Field, forms.Field]:
    name = forms.CharField(
        label=format_lazy(_("Name of person {number}"), number=number),
        max_length=120,
        required=False,
        validators=[validate_name, check_name],
    )
    email = forms.EmailField(
        label=format_lazy(_("E-mail address of person {number}"), number=number),
        required=False,
        widget=forms.EmailInput(attrs={"inputmode": "email", "spellcheck": "false"}),
    )
    return name, email


class ChangeForm(forms.ModelForm):
    """What somebody with a seat changes about it."""

    wish = forms.ChoiceField(
        label=_("How do you want to take part?"),
        error_messages={"required": _("Choose how you want to take part.")},
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Registration
        fields = ["organisation_name", "access_needs"]
        labels = {"organisation_name": _("Organisation")}
        widgets = {"access_needs": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation_name"].validators.append(validate_name)
        self.fields.update(answering.fields(event))
        self.initial.update(answering.initial(self.instance.pk))
        if not event.is_hybrid:
            del self.fields["wish"]
            return
        offered = [wish for wish in Wish if wish != Wish.EITHER or event.left(Way.ROOM) is not None]
        cast(forms.ChoiceField, self.fields["wish"]).choices = [(wish.value, wish.label) for wish in offered]
        self.initial["wish"] = self.instance.wish


class HandOverForm(forms.Form):
    """Which colleague gets the seat."""

    name = forms.CharField(
        label=_("Name of your colleague"),
        error_messages={"required": _("Enter the name of your colleague.")},
        max_length=120,
        validators=[validate_name, check_name],
    )
    email = forms.EmailField(
        label=_("E-mail address of your colleague"),
        error_messages={"required": _("Enter the e-mail address of your colleague.")},
        help_text=_("Your colleague gets a mail with the calendar file there."),
        widget=forms.EmailInput(attrs={"inputmode": "email", "spellcheck": "false"}),
    )
