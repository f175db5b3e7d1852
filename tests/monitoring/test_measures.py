"""Every figure that comes with the portal: counted naively, listed, added up, and said in four languages."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts.users.models import User
from consortia.consortium.models import Consortium
from hub.measures import counting, registry
from hub.measures.registry import Area, Measure
from hub.measures.spans import Span
from hub.vocabularies.models import Term
from monitoring.indicators.installing import common
from monitoring.indicators.models import Indicator
from nccsi.demo.logins import ADMINISTRATOR, EDITOR
from notifications.outbox.models import Message
from notifications.subscriptions import topics
from notifications.subscriptions.models import Subscription
from tests.monitoring import filling, naive
from tests.personas import give_second_factor, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_content")]
MEASURES = registry.all_measures()
each_measure = pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.code)
# A list shows so many on a page.
PAGE = 50
MOST_QUERIES = 8
LANGUAGES = ("nl", "fr", "de", "en")


@pytest.fixture
def filled() -> Iterator[None]:
    """The demo with rows of what it has none of."""
    with translation.override("en"):
        filling.fill(User.objects.get(email=EDITOR))
        yield


@pytest.fixture
def staff() -> Client:
    """The demo's administrator, signed in."""
    user = User.objects.get(email=ADMINISTRATOR)
    give_second_factor(user)
    return signed_in(user)


def _spans() -> list[Span]:
    today = timezone.localdate()
    return [Span(today), Span(today, since=today - timedelta(days=30)), Span(today - timedelta(days=30))]


def _rounded(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(number).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _agrees(measure: Measure, span: Span) -> None:
    """Figure, list and naive count, of all and of each part."""
    rows = naive.counted(measure, span)
    wholes = naive.counted(measure, span, whole=True) if measure.whole else None
    value = counting.value(measure, span)
    assert value.number == len(rows)
    assert value.whole == (None if wholes is None else len(wholes))
    assert value.middle == (_rounded(naive.middle(measure, rows)) if measure.middle else None)
    assert {row.pk for row in measure.fetched(counting.records(measure, span))} == {row.pk for row in rows}
    for breakdown in measure.breakdowns:
        told = [(row, key) for row in rows for key in naive.keys(row, breakdown)]
        parts = counting.parts(measure, span, breakdown)
        assert {key: part.number for key, part in parts.items() if part.number} == Counter(key for _r, key in told)
        if wholes is not None:
            of = Counter(key for row in wholes for key in naive.keys(row, breakdown))
            assert {key: part.whole for key, part in parts.items() if part.whole} == of
        if not breakdown.several:
            assert sum(part.number for part in parts.values()) == value.number
            assert sum(part.whole or 0 for part in parts.values()) == (value.whole or 0)
        for key, part in parts.items():
            found = counting.records(measure, span, breakdown.code, key)
            assert sorted(row.pk for row in found) == sorted(row.pk for row, own in told if own == key)
            assert counting.value(measure, span, breakdown.code, key) == part


def test_each_figure_equals_a_naive_count_and_its_list_and_its_parts(filled: None) -> None:
    today, *others = _spans()
    for measure in MEASURES:
        _agrees(measure, today)
        assert counting.value(measure, today).number, f"{measure.code} was tried on nothing"
        for span in others:
            _agrees(measure, span)


MAILS = st.tuples(
    st.sampled_from(["sent", "failed", "queued", "withdrawn"]),
    st.sampled_from(["hub/news", "calls/call"]),
    st.sampled_from(["nl", "de"]),
    st.integers(0, 60),
)
FOLLOWERS = st.tuples(
    st.sampled_from(["active", "pending", "stopped"]),
    st.sampled_from(["newsletter", "news", "call:1", "call:2", "theme:4"]),
    st.integers(0, 60),
)


@hypothesis_settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(MAILS, max_size=6), st.lists(FOLLOWERS, max_size=6))
def test_whatever_was_mailed_and_followed(mails: list[Any], followers: list[Any]) -> None:
    now = timezone.now()
    with transaction.atomic():
        Message.objects.all().delete()
        Subscription.objects.all().delete()
        for number, (status, kind, language, days) in enumerate(mails):
            moment = now - timedelta(days=days)
            sent = {"sent_at": moment} if status == "sent" else {}
            filling.mail(number, status, kind=kind, language=language, created_at=moment, **sent)
        for number, (status, topic, days) in enumerate(followers):
            filling.follower(number, topic, status, confirmed_at=now - timedelta(days=days))
        for code in ("mails_sent", "mails_failed", "followers", "newsletter_readers"):
            for span in _spans():
                measure = registry.of(code)
                assert measure
                _agrees(measure, span)
        transaction.set_rollback(True)


def test_all_are_counted_in_one_statement_and_as_each_alone(filled: None) -> None:
    for span in _spans():
        with CaptureQueriesContext(connection) as queries:
            values = counting.values(MEASURES, span)
        assert len(queries) == 1
        assert values == {measure.code: counting.value(measure, span) for measure in MEASURES}


def test_a_list_costs_the_same_however_long_and_shows_where_a_record_is(filled: None, staff: Client) -> None:
    visitor = Client()
    for measure in MEASURES:
        with CaptureQueriesContext(connection) as queries:
            rows = list(measure.fetched(counting.records(measure, _spans()[0]))[:PAGE])
            shown = [measure.listed(row) for row in rows]
        assert len(queries) <= MOST_QUERIES, f"{measure.code}: {len(queries)}"
        assert all(each.words for each in shown), measure.code
        for url in dict.fromkeys(each.url for each in (shown[0], shown[-1]) if each.url):
            assert staff.get(url).status_code == 200, f"{measure.code}: {url}"
            if measure.is_open:
                assert visitor.get(url).status_code == 200, f"{measure.code}: {url}"
        assert not measure.is_open or any(each.url for each in shown), measure.code


def test_no_list_tells_of_people(filled: None) -> None:
    people = {user.email for user in User.objects.all()} | {each.email for each in Subscription.objects.all()}
    people |= {user.get_full_name() for user in User.objects.all()} - {""}
    people |= {"Somebody", "An expert"} | set(Message.objects.values_list("to_email", flat=True))
    for measure in MEASURES:
        for row in measure.fetched(counting.records(measure, _spans()[0])):
            listed = measure.listed(row)
            told = f"{listed.words} {listed.note}"
            assert not [name for name in people if name in told], f"{measure.code}: {told}"


def test_drafts_that_hide_from_the_centre_are_counted_and_not_named() -> None:
    measure = registry.of("consortia")
    assert measure
    drafts = Consortium.objects.filter(status="draft")
    assert drafts.update(shown_to_centre="number")
    hidden = [row for row in counting.records(measure, _spans()[0]) if row in drafts]
    assert len(hidden) == len(drafts)
    assert all(row.name not in measure.listed(row).words for row in hidden)
    drafts.update(shown_to_centre="names")
    assert {measure.listed(row).words for row in drafts} == {row.name for row in drafts}


def test_a_competence_centre_can_report_from_the_first_day() -> None:
    assert len(MEASURES) >= 30
    assert {measure.area for measure in MEASURES} == set(Area)
    assert {measure.code for measure in MEASURES} == set(naive.NAIVE)
    assert {measure.code for measure in MEASURES} <= set(Indicator.objects.values_list("code", flat=True))


@each_measure
def test_its_words_are_there_in_four_languages(measure: Measure) -> None:
    codes = [measure.code, *(breakdown.code for breakdown in measure.breakdowns)]
    assert all(re.fullmatch(r"[a-z][a-z0-9_-]{0,29}", code) for code in codes)
    assert len(codes) == len(set(codes))
    texts = [measure.name, measure.definition, measure.unit, *(each.label for each in measure.breakdowns)]
    with translation.override("en"):
        english = [str(text) for text in texts]
    assert english[1].endswith(".")
    for language in set(LANGUAGES) - {"en"}:
        with translation.override(language):
            told = [str(text) for text in texts]
        assert all(told)
        assert (told[0], told[1]) != (english[0], english[1]), f"{measure.code} in {language}"
        assert told[1] != english[1], f"{measure.code} in {language}"


@each_measure
def test_each_part_has_a_name(measure: Measure) -> None:
    for breakdown in measure.breakdowns:
        known = set(counting.parts(measure, _spans()[0], breakdown)) - {counting.UNKNOWN}
        assert known <= set(breakdown.names()), f"{measure.code} by {breakdown.code}"


def test_what_can_be_followed_has_a_name_in_figures() -> None:
    assert all(str(name) for name in topics.kinds().values())
    assert {"call", "news", "newsletter", "organisation", "theme"} <= set(topics.kinds())


def test_what_has_terms_of_other_vocabularies_alone_is_among_the_unknown() -> None:
    measure = registry.of("practices")
    assert measure
    practice = counting.records(measure, _spans()[0])[0]
    practice.terms.set(Term.objects.of("country")[:1])
    practice.save()
    unknown = counting.records(measure, _spans()[0], "theme", counting.UNKNOWN)
    assert practice in unknown
    assert practice not in counting.records(measure, _spans()[0], "country", counting.UNKNOWN)


def test_the_common_indicators_of_the_fund_are_there_and_those_about_participants_rest() -> None:
    told = list(common())
    assert [each.common for each in told] == [f"EECO{n:02}" for n in range(1, 20)] + [
        f"EECR{n:02}" for n in range(1, 7)
    ]
    moments = {each.common: each.moment for each in told}
    assert (moments["EECO01"], moments["EECR04"], moments["EECR05"]) == ("entry", "exit", "later")
    for each in told:
        each.clean_fields(exclude=["owner"])
        each.clean()
        for words in (each.name, each.definition, each.unit):
            assert set(words.data) >= set(LANGUAGES)
            assert all(words.data.values())
    kept = Indicator.objects.filter(code__in=[each.code for each in told])
    assert kept.count() == 25
    assert set(kept.shown().values_list("common", flat=True)) == {"EECO18", "EECO19"}
    assert not kept.filter(is_counted=True).exists()


def test_the_demo_has_targets_and_ten_public_figures() -> None:
    assert Indicator.objects.public().count() == 10
    aimed = Indicator.objects.exclude(code__startswith="own-").filter(targets__isnull=False).distinct()
    assert aimed.count() == 8
    assert not aimed.filter(baseline=None).exists()
    assert set(dict(settings.LANGUAGES)) == set(LANGUAGES)
