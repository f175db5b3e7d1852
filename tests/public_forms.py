"""Every public form of the portal, where it stands and what a person fills in: for tests that hold for all of them."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.core import signing
from django.urls import reverse
from django.utils import timezone, translation

from accounts.my_data.forms import DataLinkForm
from accounts.public_forms.spam import SALT, GuardedForm, TrappedForm
from accounts.signing_in.signup import SignupForm
from calls.questions.forms import AskForm
from consortia.interest.forms import InterestForm
from events.sign_up.forms import SignUpForm
from events.sign_up.series_forms import DatesSignUpForm
from hub.contact.forms import ContactForm
from hub.site.models import SiteSettings
from hub.vocabularies.models import Term
from notifications.following.forms import FollowForm, LinkForm
from partners.contact.forms import MessageForm
from practices.page.forms import QuestionForm
from tests.factories.accounts import PASSWORD
from tests.factories.events import dates, event_with_page
from tests.factories.hub import add_contact_page
from tests.factories.partners import OrganisationFactory, public_call
from tests.factories.practices import PracticeFactory

CENTRE = "centre@example.org"
PERSON = "person@example.org"


@dataclass
class PublicForm:
    """One form: its page, what is filled in, and whether mail goes to the address in it or to a mailbox of ours."""

    form: type[TrappedForm]
    path: str
    fields: dict[str, Any]
    writes_to_sender: bool
    # The field in which two acts of the same person differ.
    differs: str = ""

    def filled_in(self, **changed: Any) -> dict[str, Any]:
        """The form as a person sends it, some seconds after its page was made."""
        stamp = {"rendered": signing.dumps(int(time.time()) - 60, salt=SALT)}
        return {**self.fields, **(stamp if issubclass(self.form, GuardedForm) else {}), **changed}


def path(name: str, *args: Any) -> str:
    with translation.override("en"):
        return reverse(name, args=args)


def public_forms(**changed: Any) -> dict[str, PublicForm]:
    """All of them, on pages that are made for them."""
    found = {each.form.__name__: each for each in _made()}
    for each in found.values():
        each.fields |= {name: value for name, value in changed.items() if name in each.fields}
    return found


def _made() -> Iterator[PublicForm]:
    SiteSettings.objects.update(contact_email=CENTRE)
    if not SiteSettings.objects.exists():
        SiteSettings.objects.create(contact_email=CENTRE)
    call = public_call(due_at=timezone.now() + timedelta(days=7), title="The call")
    event = event_with_page()
    practice = PracticeFactory.create(contact_email="owner@example.org", texts={"en": {"title": "Shared homes"}})
    who = {"name": "Jo Peeters", "email": PERSON}
    yield PublicForm(
        SignUpForm,
        path("events:sign_up", event.uid),
        {**who, "organisation_name": "House of Ideas", "access_needs": "A ramp."},
        writes_to_sender=True,
        differs="name",
    )
    date = dates(2)[1]
    assert date.series
    yield PublicForm(
        DatesSignUpForm,
        path("events:sign_up_series", date.series.uid),
        {**who, "organisation_name": "House of Ideas", "access_needs": "A ramp.", "dates": [date.uid.hex]},
        writes_to_sender=True,
        differs="name",
    )
    yield PublicForm(
        InterestForm,
        path("consortia:interest", call.pk),
        {
            "organisation_name": "House of Ideas",
            "sector": "citizens",
            "contact_name": "Jo Peeters",
            "email": PERSON,
            "role": "either",
            "tracks": list(Term.objects.of("track").values_list("code", flat=True)[:2]),
            "offers": "We bring a building.",
        },
        writes_to_sender=True,
        differs="organisation_name",
    )
    yield PublicForm(
        FollowForm,
        f"{path('notifications:follow')}?topic=call:{call.pk}",
        {"email": PERSON, "language": "fr", "offsets": ["720"], "consent": "on"},
        writes_to_sender=True,
    )
    yield PublicForm(LinkForm, path("notifications:manage_link"), {"email": PERSON}, writes_to_sender=True)
    yield PublicForm(DataLinkForm, path("accounts:guest_link"), {"email": PERSON}, writes_to_sender=True)
    yield PublicForm(
        AskForm,
        path("calls:ask", call.pk),
        {"question": "May we take part?", "name": "Jo Peeters", "tell": "on", "email": PERSON},
        writes_to_sender=True,
        differs="question",
    )
    yield PublicForm(
        ContactForm,
        add_contact_page().url or "",
        {**who, "subject": "Dates", "message": "When does it start?", "to": ""},
        writes_to_sender=False,
        differs="message",
    )
    yield PublicForm(
        QuestionForm,
        path("practices:ask", practice.slug),
        {**who, "organisation": "House of Ideas", "question": "What does it cost?"},
        writes_to_sender=False,
        differs="question",
    )
    yield PublicForm(
        MessageForm,
        path("partners:write", OrganisationFactory.create(email="house@example.org").slug),
        {**who, "message": "Shall we meet?"},
        writes_to_sender=False,
        differs="message",
    )
    yield PublicForm(
        SignupForm,
        reverse("account_signup"),
        {"email": "new@example.org", "password1": PASSWORD, "first_name": "Jo", "last_name": "Peeters"},
        writes_to_sender=True,
    )


class Page(HTMLParser):
    """Reads the form that a page shows, as a browser would send it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent: dict[str, Any] = {}
        self.buttons: list[str] = []
        self._open = ""
        self._in_button = False
        self._is_form = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_form = given.get("method") == "post" and "form" in given.get("class", "")
        if not self._is_form:
            return
        if tag == "button":
            self._in_button = True
            self.buttons.append("")
        elif tag == "input" and given.get("name"):
            self._take_input(given)
        elif tag == "textarea":
            self._open, self.sent[given["name"]] = given["name"], ""
        elif tag == "select":
            self._open = given["name"]
        elif tag == "option" and "selected" in given:
            self.sent[self._open] = given.get("value", "")

    def _take_input(self, given: dict[str, str]) -> None:
        name, kind, value = given["name"], given.get("type", "text"), given.get("value", "")
        if kind not in {"checkbox", "radio"}:
            self.sent[name] = value
        elif "checked" in given and kind == "checkbox":
            self.sent.setdefault(name, []).append(value or "on")
        elif "checked" in given:
            self.sent[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_form = False
        if tag in {"textarea", "select"}:
            self._open = ""
        if tag == "button":
            self._in_button = False

    def handle_data(self, data: str) -> None:
        if self._in_button:
            self.buttons[-1] += " ".join(data.split())
        elif self._open and isinstance(self.sent.get(self._open), str) and self.lasttag == "textarea":
            self.sent[self._open] += unescape(data)


def typed(fields: dict[str, Any]) -> dict[str, Any]:
    """What a browser sends, in one shape: lists where several may be chosen, text without the line break that a
    textarea begins with."""
    return {
        name: sorted(value) if isinstance(value, list) else re.sub(r"^\r?\n", "", str(value))
        for name, value in fields.items()
    }
