"""What every mail of the portal brings along: logo and emblem inside it, and somebody to ask."""

import re
from email.message import EmailMessage, MIMEPart
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.staticfiles import finders
from django.template import Engine
from django.templatetags.static import static
from django.test import Client
from django.utils import timezone, translation
from PIL import Image

from consortia.apps import CALL_OF
from hub.contact.models import Contact
from hub.site.models import SiteSettings
from notifications.delivery import pictures, sending
from notifications.delivery.composing import compose
from notifications.delivery.rendering import Rendered, render
from notifications.outbox import contacts, kinds
from notifications.outbox.models import Message
from tests.factories.consortia import InterestFactory
from tests.factories.events import EventFactory, event_with_page, series_page
from tests.factories.hub import CallFactory, ContactFactory, DeadlineFactory, add_call_page, add_calls, add_contact_page
from tests.factories.notifications import MessageFactory, SubscriptionFactory
from tests.smtp_sink import Sink

pytestmark = pytest.mark.django_db

OUTBOX = "/admin/snippets/notifications/message/"
KINDS = sorted(kind for kind, _name in kinds.choices())
CALENDAR = {"name": "event.ics", "type": "text/calendar; method=REQUEST; charset=utf-8", "content": "BEGIN:VCALENDAR"}


@pytest.fixture(autouse=True)
def _site() -> None:
    SiteSettings.objects.update(contact_email="centre@example.org")


def _body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body([kind])
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def _related(mail: EmailMessage) -> dict[str, MIMEPart]:
    """The parts beside the HTML, by the names under which it shows them."""
    (container,) = [part for part in mail.walk() if part.get_content_type() == "multipart/related"]
    html, *rest = container.iter_parts()
    assert html.get_content_type() == container.get_param("type") == "text/html"
    return {f"cid:{part['Content-ID'].strip('<>')}": part for part in rest}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_mail_is_written_on_the_same_paper(kind: str) -> None:
    """So what the tests below find holds for all: the paper has the pictures and the contact in its own lines."""
    for ending in ("html", "txt"):
        source = _source(f"emails/{kind}.{ending}")
        while "emails/base." not in source.partition("\n")[0]:
            source = _source(re.findall(r'^{% extends "(emails/[^"]+)"', source)[0])
        assert source.startswith(f'{{% extends "emails/base.{ending}" %}}')
    paper = set(re.findall(r"{% block (\w+)", _source("emails/base.html")))
    assert paper == {"content", "why"}


def _source(name: str) -> str:
    return Path(Engine.get_default().get_template(name).origin.name).read_text(encoding="utf-8")


@pytest.mark.parametrize("follows", [False, True])
@pytest.mark.parametrize("attachments", [[], [CALENDAR]], ids=["plain", "with a calendar file"])
def test_logo_and_emblem_travel_inside_a_mail(smtp_sink: Sink, attachments: list[Any], follows: bool) -> None:
    subscription = SubscriptionFactory.create() if follows else None
    MessageFactory.create(attachments=attachments, subscription=subscription)
    assert sending.drain() == 1
    (mail,) = smtp_sink.mails
    html, related = _body(mail, "html"), _related(mail)
    shown = re.findall(r'<img [^>]*src="([^"]*)"', html)
    assert sorted(shown) == sorted(related)
    assert len(shown) == 2
    for part in related.values():
        assert part.get_content_type() == "image/png"
        assert part.get_content_disposition() == "inline"
        assert part.get_content().startswith(b"\x89PNG")
    assert sum(len(part.get_content()) for part in related.values()) <= 6_000
    assert not re.findall(r'(?:src|background)="?(?:https?:)?//|url\(', html), "a picture that is fetched"
    assert [part.get_content_type() for part in mail.iter_attachments()] == ["text/calendar"] * len(attachments)
    if attachments:
        assert next(mail.iter_attachments()).get_param("method") == "REQUEST"
    assert "PNG" not in _body(mail, "plain")


def test_the_emblem_is_as_large_as_the_logo_and_stands_beside_the_statement() -> None:
    html = render(MessageFactory.create(), now=timezone.now()).html
    heights = {}
    for picture in pictures.PICTURES:
        (tag,) = re.findall(rf'<img src="cid:{picture.cid}"[^>]*>', html)
        width, height = (int(re.findall(rf'{side}="(\d+)"', tag)[0]) for side in ("width", "height"))
        found = finders.find(picture.path)
        assert found
        assert Image.open(found).size == (2 * width, 2 * height)
        heights[picture] = height
    assert heights[pictures.EMBLEM] >= heights[pictures.LOGO]
    statement = html.partition(f"cid:{pictures.EMBLEM.cid}")[2]
    assert 'alt="Flag of the European Union"' in statement
    assert re.search(r"font-family:Arial[^>]*>Funded by the European Union<", statement)


def test_the_emblem_is_the_one_of_the_site() -> None:
    """Its two colours, and stars where the drawing has them."""
    found = finders.find(pictures.EMBLEM.path)
    assert found
    emblem = Image.open(found).convert("RGB")
    assert emblem.getpixel((2, 2)) == emblem.getpixel((72, 48)) == (0, 0x33, 0x99)
    # The drawing is 810 wide; the star on top stands at (405, 90).
    assert emblem.getpixel((round(405 * 144 / 810), round(90 * 144 / 810))) == (0xFF, 0xCC, 0)


def test_pages_of_the_admin_show_the_pictures_from_where_they_lie() -> None:
    rendered = render(MessageFactory.create(), now=timezone.now())
    assert "cid:" in rendered.html
    assert "cid:" not in rendered.html_on_a_page
    for picture in pictures.PICTURES:
        assert f'src="{static(picture.path)}"' in rendered.html_on_a_page


def test_the_outbox_shows_a_mail_with_its_pictures(administrator: Client) -> None:
    message = MessageFactory.create()
    page = administrator.get(f"{OUTBOX}inspect/{message.pk}/").content.decode()
    assert static(pictures.LOGO.path) in page
    assert "cid:" not in page


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_a_mail_names_whom_to_ask_and_answers_go_there(smtp_sink: Sink, language: str) -> None:
    with translation.override(language):
        asks = translation.gettext("Questions?")
    MessageFactory.create(language=language)
    MessageFactory.create(language=language, subscription=SubscriptionFactory.create(language=language))
    assert sending.drain() == 2
    for mail in smtp_sink.mails:
        assert mail["Reply-To"] == "centre@example.org"
        assert f"\n{asks} NCCSI, centre@example.org\n" in _body(mail, "plain")
        html = _body(mail, "html")
        assert f'{asks} NCCSI, <a href="mailto:centre@example.org">centre@example.org</a>' in html


def test_a_mail_of_a_site_that_names_nobody_has_no_such_line() -> None:
    SiteSettings.objects.update(contact_email="")
    message = MessageFactory.create()
    rendered = render(message, now=timezone.now())
    assert "Questions?" not in rendered.text + rendered.html
    assert compose(message, rendered).reply_to == []


def test_whom_the_contact_page_names_answers_for_the_site() -> None:
    add_contact_page(contact=ContactFactory.create(role="Competence centre", email="page@example.org"))
    assert _named(MessageFactory.create()) == "page@example.org"
    assert _named(MessageFactory.create(language="de")) == "centre@example.org", "that page is English"


def test_what_the_mail_itself_says_of_answers_comes_first() -> None:
    message = MessageFactory.create(context={"title": "A", "days": 1, "reply_to": "asker@example.org"})
    assert compose(message, render(message, now=timezone.now())).reply_to == ["asker@example.org"]


def _named(message: Message) -> str:
    """The mailbox that a mail names, in all three places."""
    rendered: Rendered = render(message, now=timezone.now())
    assert rendered.reply_to in rendered.text
    assert rendered.reply_to in rendered.html
    assert compose(message, rendered).reply_to == [rendered.reply_to]
    return rendered.reply_to


def test_mails_about_a_call_name_its_contact() -> None:
    call = CallFactory.create(contact=ContactFactory.create())
    deadline, interest = DeadlineFactory.create(call=call), InterestFactory.create(call=call)
    abouts = {
        *(f"call:{call.pk}:published", f"deadline:{deadline.pk}:v1", f"interest:{interest.pk}"),
        *(f"interested:{call.pk}:key", f"sign_reminders:{call.pk}", f"recommendations:{call.pk}"),
    }
    assert {about: _named(MessageFactory.create(about=about)) for about in abouts} == dict.fromkeys(
        abouts, "calls@example.org"
    )
    other = CallFactory.create()
    assert _named(MessageFactory.create(about=f"call:{other.pk}:published")) == "centre@example.org"
    follower = SubscriptionFactory.create(topic=f"call:{call.pk}")
    assert _named(MessageFactory.create(subscription=follower)) == "calls@example.org"
    assert _named(MessageFactory.create(about=f"call:{other.pk + 1000}")) == "centre@example.org", "it is gone"


@pytest.mark.parametrize("fact", sorted(CALL_OF))
def test_every_fact_of_partnerships_leads_to_a_call(fact: str) -> None:
    """The look-up is one that the database can answer."""
    assert contacts.contact_for(f"{fact}:1") == contacts.Contact("NCCSI", "centre@example.org")


def test_the_page_of_a_call_may_name_somebody_else() -> None:
    call = CallFactory.create(contact=ContactFactory.create())
    add_call_page(add_calls(), call, contact=ContactFactory.create(role="Helpdesk", email="page@example.org"))
    assert _named(MessageFactory.create(about=f"call:{call.pk}")) == "page@example.org"
    assert _named(MessageFactory.create(about=f"call:{call.pk}", language="de")) == "calls@example.org"


def test_mails_about_an_event_name_its_contact() -> None:
    host: Contact = ContactFactory.create(role="Host", email="host@example.org")
    event = event_with_page(EventFactory.create(contact=host))
    dates = [EventFactory.create(contact=host), EventFactory.create()]
    series = series_page(*dates).series
    assert series is not None
    for about in (f"event:{event.pk}:v2:moved", f"event:{dates[0].pk}", f"series:{series.pk}"):
        assert _named(MessageFactory.create(about=about)) == "host@example.org"
    assert _named(MessageFactory.create(about=f"event:{EventFactory.create().pk}")) == "centre@example.org"


def test_mails_of_a_batch_name_each_their_own_contact(smtp_sink: Sink) -> None:
    """Also where the words are the same."""
    calls = [CallFactory.create(contact=ContactFactory.create(email=f"{name}@example.org")) for name in ("a", "b")]
    for call in (*calls, *calls):
        MessageFactory.create(about=f"call:{call.pk}", subscription=SubscriptionFactory.create())
    assert sending.drain() == 4
    assert [mail["Reply-To"] for mail in smtp_sink.mails] == ["a@example.org", "b@example.org"] * 2


def test_the_kinds_of_mail_are_known() -> None:
    """That the enumeration above is one."""
    assert len(KINDS) > 80
    assert {kind.partition("/")[0] for kind in KINDS} == {
        config.label for config in apps.get_app_configs() if hasattr(config, "mails")
    }
