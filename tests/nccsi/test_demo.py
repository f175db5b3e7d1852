import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from django.conf import settings as portal
from django.core import checks
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.db.models import CharField, TextField
from django.template.defaultfilters import filesizeformat
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from i18nfield.strings import LazyI18nString
from pypdf import PdfReader
from pypdf.generic import Destination
from pytest_django import DjangoDbBlocker
from wagtail.models import Page

from accounts.users.models import User
from calls.chain.changes import DeadlineChange
from calls.chain.models import Call
from calls.chain.standing import call_state
from calls.pages.models import CallPage
from consortia.consortium.models import Consortium, Entry, Member
from consortia.declaration.models import Declaration
from consortia.filling.contents import contents
from consortia.interest.models import Interest
from consortia.outcomes.models import Outcome
from consortia.receipts import verifying
from consortia.receipts.models import Receipt
from consortia.reviewers.models import Reviewer
from consortia.reviewing.models import Judgement
from consortia.sign_off import versions
from events.agenda.models import Event
from events.seats.models import Registration
from hub.contact.models import ContactPage
from hub.pages.models import HomePage, StandardPage
from hub.site.models import SiteSettings
from learning.answers.models import AnswerVersion, Evidence
from learning.notes.models import Citation
from learning.notes.pages import SIDES, NotePage, NotesIndexPage
from learning.questions.models import Question
from learning.voting import results, rounds
from learning.voting.models import Round, Vote
from monitoring.indicators.models import Indicator
from monitoring.logbook.models import LogbookVersion
from monitoring.reports.models import Report
from monitoring.snapshots.models import Snapshot
from nccsi.demo.contents import calls, events, practices
from nccsi.demo.contents.pages import key_of
from nccsi.demo.learning import notes, questions
from nccsi.demo.logins import ADMINISTRATOR, CHAIR, LOGINS, PARTNER, PASSWORD, REVIEWER
from nccsi.demo.reading import blueprint, moments, words
from notifications.outbox.models import Message
from notifications.subscriptions.models import Subscription
from partners.organisations.models import Organisation
from practices.mainstreaming.models import HookStatus, PolicyHook, StageMove
from practices.practice.models.practice import Practice
from practices.reuse.models.reuses import Reuse
from practices.reuse.models.versions import Outcome as ReuseOutcome
from practices.reuse.models.versions import ReuseVersion
from tests.personas import signed_in

# One worker loads the demo for all of them.
pytestmark = pytest.mark.xdist_group("demo")
COUNTRIES = {"BE", "IE", "FI", "CZ", "PL", "DK"}
INSISST = 7
LANGUAGES = {"nl", "fr", "de", "en"}
MODELS = (
    *(Page, Practice, Organisation, Call, Event, User, Subscription, Registration, Interest, Message),
    *(Consortium, Entry, Declaration, Receipt, Reviewer, Judgement, Outcome, DeadlineChange),
    *(Reuse, ReuseVersion, StageMove, PolicyHook, HookStatus, Question, AnswerVersion, Evidence, Round, Vote),
    *(NotePage, Citation, Indicator, Snapshot, Report, LogbookVersion),
)


@pytest.fixture(scope="module")
def _demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loading takes seconds: once for this module, taken back after its last test."""
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        everything = transaction.atomic()
        everything.__enter__()
        call_command("setup", verbosity=0)
        call_command("demo", verbosity=0)
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        everything.__exit__(None, None, None)


@pytest.fixture
def demo(_demo: None, db: None) -> Iterator[None]:
    with override_settings(DEMO=True):
        yield


def _counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in MODELS}


@pytest.mark.django_db
def test_refuses_outside_the_demo() -> None:
    with pytest.raises(CommandError, match="DEMO=true"):
        call_command("demo")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_asks_for_the_setup_first() -> None:
    HomePage.objects.all().delete()
    with override_settings(DEMO=True), pytest.raises(CommandError, match="setup"):
        call_command("demo")


def test_a_second_run_changes_nothing(demo: None) -> None:
    before = _counts()
    home = HomePage.objects.get(locale__language_code="nl")
    home.heading = "Iemand schreef dit"
    home.save_revision().publish()

    call_command("demo", verbosity=0)

    assert _counts() == before
    assert HomePage.objects.get(pk=home.pk).heading == "Iemand schreef dit"


def test_practices_of_all_countries_and_kinds_with_a_source_each(demo: None) -> None:
    public = Practice.objects.public()
    assert public.count() == len(list(practices.told())) >= 24
    countries = public.filter(terms__vocabulary="country").values_list("terms__code", flat=True)
    assert set(countries) >= COUNTRIES
    assert set(public.values_list("kind__code", flat=True)) == {"good-practice", "method", "tool"}
    assert not public.filter(sources=None).exists()


@pytest.mark.parametrize("language", dict(portal.LANGUAGES))
def test_every_language_has_the_whole_library(demo: None, language: str) -> None:
    """And every organisation, with as many fields filled as in its own language."""
    for each in [*Practice.objects.public(), *Organisation.objects.public()]:
        own, text = (each.texts.get(language=code) for code in (each.original_language, language))
        fields = [field.name for field in own._meta.concrete_fields if isinstance(field, CharField | TextField)]
        empty = [name for name in fields if getattr(own, name) and not getattr(text, name)]
        assert not empty, f"{each}: {empty}"


@pytest.mark.parametrize("language", dict(portal.LANGUAGES))
def test_every_page_is_there_in_every_language(demo: None, language: str) -> None:
    there = Page.objects.live().filter(locale__language_code=language).values("translation_key")
    elsewhere = Page.objects.live().filter(depth__gt=1).exclude(translation_key__in=there)
    assert list(elsewhere.values_list("locale__language_code", "title")) == []


def test_organisations_of_all_countries_are_listed(demo: None) -> None:
    public = Organisation.objects.public()
    assert set(public.values_list("country__code", flat=True)) == COUNTRIES
    assert sum("insisst" in networks for networks in public.values_list("networks", flat=True)) == INSISST


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_blueprint_is_a_document_that_everybody_can_read(demo: None, client: Client, language: str) -> None:
    page = StandardPage.objects.get(translation_key=key_of("hubsi"), locale__language_code=language)
    (block,) = [block for block in page.body if block.block_type == "documents"]
    (document,) = block.value["documents"]
    assert document.file_size == document.file.size < 60_000
    shown = " ".join(client.get(page.url).content.decode().replace("\xa0", " ").split())
    with override(language):
        said = f"(PDF, {filesizeformat(document.file_size)})".replace("\xa0", " ")
    assert f'<a href="{document.url}">{document.title}</a> <span class="muted">{said}</span>' in shown
    with document.file.open() as file:
        read = PdfReader(file)
        root: Any = read.trailer["/Root"]
        assert root["/Lang"] == language
        assert root["/MarkInfo"]["/Marked"]
        assert root["/StructTreeRoot"]
        assert read.metadata is not None
        assert read.metadata.title == document.title
        told = words.read(blueprint.FILE)[language]
        headings = [each for each in read.outline if isinstance(each, Destination)]
        assert [each.title for each in headings] == [section["heading"] for section in told["sections"]]
        assert len(read.pages) == 2
        file.seek(0)
        assert file.read() == blueprint.pdf(told, language), "the same each time"


def test_the_blueprint_is_told_in_every_language_alike() -> None:
    told = words.read(blueprint.FILE)
    assert set(told) == LANGUAGES
    shapes = {
        code: [(len(each.get("paragraphs", [])), len(each.get("items", []))) for each in text["sections"]]
        for code, text in told.items()
    }
    assert shapes == dict.fromkeys(LANGUAGES, shapes["en"])


@pytest.mark.parametrize("model", [CallPage, HomePage])
def test_languages_know_each_other(demo: None, model: type[Page]) -> None:
    pages = model.objects.filter(locale__language_code="de")
    assert pages
    for page in pages:
        known = page.get_translations(inclusive=True).live().values_list("locale__language_code", flat=True)
        assert set(known) == LANGUAGES


def test_every_page_answers(demo: None, client: Client) -> None:
    pages = Page.objects.filter(depth__gt=1).live().select_related("locale")
    assert pages.count() >= 50
    for page in pages:
        response = client.get(page.get_url())
        assert response.status_code == 200, page.url_path
        assert page.get_url().startswith(f"/{page.locale.language_code}/")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_practices_and_organisations_answer(demo: None, client: Client, language: str) -> None:
    for route, model in (("practices:practice", Practice), ("partners:organisation", Organisation)):
        slugs = model._default_manager.values_list("slug", flat=True)
        for slug in slugs if language == "nl" else slugs[:3]:
            with override(language):
                address = reverse(route, args=[slug])
            assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_page_of_the_network_links_its_partners(demo: None, client: Client, language: str) -> None:
    page = client.get(StandardPage.objects.get(slug="insisst", locale__language_code=language).url).content.decode()
    partners = Organisation.objects.public().filter(networks__contains=["insisst"])
    with override(language):
        addresses = {reverse("partners:organisation", args=[each.slug]) for each in partners}
        directory = reverse("partners:directory")
    found = set(re.findall(rf'href="({directory}[a-z-]+/)"', page))
    assert len(addresses) == INSISST
    assert found == addresses
    assert {client.get(address).status_code for address in sorted(addresses)} == {200}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_contact_page_has_an_address_and_roles(demo: None, client: Client, language: str) -> None:
    page = client.get(ContactPage.objects.get(locale__language_code=language).url).content.decode()
    assert "1000 Brussel" in page
    roles = [told[language] for told in words.read("site.toml")["contact"].values()]
    assert len(roles) == 5
    assert [role for role in roles if role not in page] == []


def test_menus_and_footer_lead_somewhere(demo: None, client: Client) -> None:
    site = SiteSettings.objects.get()
    assert [item.place for item in site.menu_items.all()] == ["header"] * 11 + ["footer"] * 5
    for item in site.menu_items.all():
        assert isinstance(item.label, LazyI18nString)
        assert set(item.label.data) == LANGUAGES


def test_what_became_of_practices_and_what_is_not_known_yet_are_in_the_menu(demo: None, client: Client) -> None:
    for language in LANGUAGES:
        page = client.get(f"/{language}/").content.decode()
        menu = page[page.index('<details class="drawer">') : page.index("</header>")]
        with override(language):
            for route in ("practices:tracker", "learning:questions", "learning:themes", "exchange:notices"):
                assert f'href="{reverse(route)}"' in menu, route
        assert f'href="{NotesIndexPage.objects.get(locale__language_code=language).get_url()}"' in menu


def test_the_past_call_is_closed_and_the_next_one_open(demo: None) -> None:
    past, following = calls.known(calls.PAST), calls.known(calls.NEXT)
    assert past is not None
    assert following is not None
    assert call_state(past).code == "closed"
    assert call_state(following).is_open
    assert following.tracks.count() == 6
    for call, year in ((past, 2023), (following, moments.next_round())):
        told = [deadline.due_at.astimezone(moments.BRUSSELS) for deadline in call.deadlines.all()]
        assert [moment.strftime("%m-%d %H:%M") for moment in told] == [
            "09-18 23:59",
            "10-14 23:59",
            "10-16 23:59",
            "11-30 17:00",
        ]
        assert {moment.year for moment in told} == {year}
        assert [deadline.has_time for deadline in call.deadlines.all()] == [False, True, False, True]
        assert [deadline.governs for deadline in call.deadlines.all()] == ["", "declaration", "", "proposal"]


@pytest.mark.parametrize(
    ("now", "year"),
    [
        (datetime(2026, 1, 1, tzinfo=UTC), 2026),
        (datetime(2026, 10, 14, 21, 58, tzinfo=UTC), 2026),  # Brussels is two hours ahead
        (datetime(2026, 10, 14, 21, 59, tzinfo=UTC), 2027),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), 2027),
    ],
)
def test_the_next_round_lies_ahead(now: datetime, year: int) -> None:
    assert moments.next_round(now) == year


def test_the_partners_have_things_going_on(demo: None) -> None:
    assert Subscription.objects.active().of(PARTNER).count() == 1
    call = calls.known(calls.NEXT)
    assert Interest.objects.confirmed().filter(call=call).count() == 8
    assert Interest.objects.shown().filter(call=call).count() == 6
    declaration = Declaration.objects.get(consortium__call=call)
    assert declaration.ended_at is None
    assert verifying.by_number(declaration.receipt.number).code == verifying.Code.GENUINE
    slots = contents(declaration.consortium)
    assert [(slot.is_filled, bool(slot.lack)) for slot in slots] == [(True, False), (False, True), (False, False)]
    member = Member.objects.select_related("consortium").get(status="invited")
    assert [each.is_signed for each in versions.standings(member.consortium)] == [True, False]
    if moments.at(moments.next_round(), 9, 18) > timezone.now():
        assert Registration.objects.confirmed().filter(email=PARTNER).exists()
        assert Event.objects.with_standing().filter(uid=events._uid(events.WORKSHOP)).get().is_full
    assert Message.objects.filter(to_email=PARTNER).exists()


def test_that_it_is_the_demo_stands_in_a_landmark(demo: None, client: Client) -> None:
    assert '<aside class="ribbon" aria-label="Demo">' in client.get("/en/").content.decode()


def test_a_reviewer_of_the_open_call_judges_what_is_declared(demo: None) -> None:
    call = calls.known(calls.NEXT)
    appointed = Reviewer.objects.active().filter(call=call).values_list("user__email", "role")
    assert dict(appointed) == {CHAIR: "chair", REVIEWER: "reviewer"}
    declared = Declaration.objects.get(consortium__call=call).consortium
    with override("en"):
        page = reverse("consortia:review", args=[declared.uuid])
        overview = reverse("consortia:reviews", args=[declared.call_id])
    for email, may_judge in ((REVIEWER, True), (CHAIR, False)):
        reviewer = signed_in(User.objects.get(email=email))
        assert declared.name in reviewer.get(overview).content.decode()
        assert "Do the partners complement each other" not in reviewer.get(page).content.decode()
        reviewer.post(page, {"answer": "none", "reason": ""})
        assert ("Do the partners complement each other" in reviewer.get(page).content.decode()) is may_judge


def test_practices_were_taken_up_elsewhere_with_a_source_each(demo: None) -> None:
    public = Reuse.objects.public()
    assert public.count() == Reuse.objects.count()
    assert public.values("practice").distinct().count() >= 8
    assert not public.filter(shown__sources=None).exists()
    outcomes = set(public.values_list("shown__outcome", flat=True))
    assert outcomes >= {ReuseOutcome.WORKS, ReuseOutcome.PART, ReuseOutcome.STOPPED, ReuseOutcome.FAILED}


def test_stages_are_the_last_of_histories_with_a_source_each(demo: None) -> None:
    told = {facts["slug"]: facts["stage"] for facts in practices.told()}
    moved = Practice.objects.exclude(stage_moves=None).distinct()
    assert moved.exclude(policy_hooks=None).count() >= 10
    for practice in moved.select_related("stage"):
        last = StageMove.objects.counting().filter(practice=practice).in_order().last()
        assert last is not None
        assert practice.stage is not None
        assert last.stage_id == practice.stage_id
        assert practice.stage.code == told[practice.slug]
    for steps in (StageMove.objects.all(), HookStatus.objects.all()):
        assert not steps.filter(source_url="").exists()
    assert PolicyHook.objects.public().count() == PolicyHook.objects.count()


def test_questions_with_an_earlier_answer_in_all_languages(demo: None) -> None:
    assert Question.objects.unsettled().count() == 6
    for question in Question.objects.prefetch_related("texts", "answer_versions__texts"):
        assert {text.language for text in question.texts.all()} == LANGUAGES
        assert question.next_step_on
        assert question.practices.exists()
        newest, earlier = question.answer_versions.all()
        assert earlier.at < newest.at < timezone.now()
        for version in (earlier, newest):
            assert {text.language for text in version.texts.all()} == LANGUAGES
        assert all(text.changed and text.because for text in newest.texts.all())


def test_two_policy_notes_in_all_languages_that_cite_on_both_sides(demo: None) -> None:
    told = words.read(notes.FILE)["note"]
    found = NotePage.objects.live()
    assert found.filter(locale__language_code="en").count() == len(told) == 2
    assert {page.locale.language_code for page in NotesIndexPage.objects.live()} == LANGUAGES
    for page in found.filter(locale__language_code="en"):
        translations = page.get_translations(inclusive=True).live().specific()
        assert {each.locale.language_code for each in translations} == LANGUAGES
        for each in translations:
            assert words.read(questions.FILE)["mark"][each.locale.language_code] in each.introduction
    for page, side in product(found, SIDES):
        stream = getattr(page, side)
        stream.stream_block.clean(stream)
        named = dict(page.cited_on(side))
        assert len(named) >= 2
        # Nothing is left out of what the file cites, and all of it is kept.
        assert len(stream) == next(len(each[side]) for each in told if page.slug in _slugs(each))
        assert page.citations.current().filter(block__in=named).count() == len(named)


def _slugs(note: words.Words) -> set[str]:
    return {note[language]["slug"] for language in LANGUAGES}


def test_one_round_of_votes_is_over_and_one_runs(demo: None) -> None:
    over = results.last_over()
    assert over is not None
    assert [question.votes for question in results.ranking(over)] == [3, 2, 1, 1, 1]  # type: ignore[attr-defined]
    running = rounds.open_now()
    assert running is not None
    assert over.closed_at is not None
    assert over.opened_at < over.closed_at < running.opened_at


@pytest.mark.parametrize("email", LOGINS)
def test_the_logins_open_the_demo(demo: None, client: Client, email: str) -> None:
    response = client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    assert response.status_code == 302
    assert "_auth_user_id" in client.session


def test_the_logins_open_nothing_else(demo: None, client: Client) -> None:
    with override_settings(DEMO=False):
        response = client.post("/accounts/login/", {"login": ADMINISTRATOR.upper(), "password": PASSWORD})
        assert response.status_code == 200
        assert "_auth_user_id" not in client.session
        errors = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    named = [error.msg.split()[0] for error in errors if error.id == "nccsi.E001"]
    assert named == sorted(LOGINS)


def test_nothing_to_complain_about_in_the_demo(demo: None) -> None:
    assert not [error for error in checks.run_checks(databases=["default"]) if error.id == "nccsi.E001"]


def test_text_becomes_paragraphs_and_lists() -> None:
    html = words.rich_text("One <b>&\nstill one\n\nTwo:\n- a\n- b\n")
    assert html == "<p>One &lt;b&gt;&amp; still one</p><p>Two:</p><ul><li>a</li><li>b</li></ul>"


def test_languages_that_the_portal_does_not_speak_are_left_out() -> None:
    with override_settings(LANGUAGES=[("nl", "Dutch")]):
        assert list(words.spoken({"nl": 1, "fr": 2})) == ["nl"]
    assert portal.DEMO is False


def test_no_french_page_breaks_before_its_punctuation(demo: None) -> None:
    """What is put together from catalogs, content and templates is set as each of them is."""
    visitor = Client()
    addresses = set(re.findall(r"<loc>[^<]*?(/fr/[^<]*)</loc>", _sitemaps(visitor)))
    with override("fr"):
        addresses |= {question.get_absolute_url() for question in Question.objects.all()}
        addresses |= {reverse(name) for name in ("learning:questions", "learning:outcome")}
        addresses |= {reverse(name) for name in ("practices:library", "practices:submit", "partners:directory")}
        addresses |= {reverse("practices:practice", args=[each.slug]) for each in Practice.objects.all()}
        addresses |= {reverse("partners:organisation", args=[each.slug]) for each in Organisation.objects.all()}
        addresses |= {f"{reverse('notifications:follow')}?topic=news", f"{reverse('hub:search')}?q=habitat"}
    assert len(addresses) > 70
    faults = {address: _breakable(visitor.get(address).content.decode()) for address in addresses}
    assert {address: found for address, found in faults.items() if found} == {}


def _sitemaps(visitor: Client) -> str:
    index = visitor.get("/sitemap.xml").content.decode()
    return "".join(
        visitor.get(path).content.decode() for path in re.findall(r"<loc>[^<]*?(/sitemap-[^<]*)</loc>", index)
    )


def _breakable(page: str) -> list[str]:
    """Places of a French page, outside of words in another language, where a line may break before a mark."""
    for _each in range(3):  # an element in another language may hold others
        page = re.sub(r"""<(\w+)\b[^>]* lang="(?!fr)[^>]*>(?:(?!<\1\b).)*?</\1>""", "", page, flags=re.DOTALL)
    page = re.sub(r"<(script|style|head)\b.*?</\1>", "", page, flags=re.DOTALL)
    text = " ".join(re.sub(r"<[^>]+>", "", page).split(" "))
    return [" ".join(text[max(0, at.start() - 30) : at.end() + 5].split()) for at in re.finditer(r" [;:!?»]|« ", text)]
