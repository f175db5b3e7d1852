"""A cheap request costs little: whatever 200 characters are searched for, the portal is not kept busy with them."""

import time
import unicodedata
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings, target
from hypothesis import strategies as st

from hub.saved_searches.alerts import tell
from hub.saved_searches.lists import may_be_followed
from hub.saved_searches.models import SavedSearch
from hub.search import full_text
from practices.library.filters import PracticeFilterSet
from practices.practice.models.practice import Practice
from tests.factories.practices import PracticeFactory
from tests.practices.following.searches import HOUR, MINUTE, NOON, follow, publish

pytestmark = pytest.mark.django_db

LONGEST = full_text.LONGEST_WORDS
# The work for one plain word is a few queries; the worst may take as many more as eight words need.
MOST = 25.0
# One character that stands for eighteen letters, others that fall apart, words that nobody knows, operators.
WORST = [
    "\ufdfa" * 198,
    "\u3316 " * 66,
    "abcdefghi " * 20,
    "wohnungslosenhilfe" * 11,
    "a-b-c-d-e-f-g-h-i-j-k-" * 9,
    '"a b" -c or ' * 16,
    "\u0344" * 200,
    "ß\u00ad’" * 66,
    "aeoeueaeoeue" * 16,
    "(((" * 66,
]


@pytest.fixture(autouse=True)
def library() -> None:
    for number, title in enumerate(["Neighbourhood gardens", "Wohnungslosenhilfe", "Jeugdwerkloosheid"]):
        PracticeFactory.create(slug=f"one-{number}", texts={"en": {"title": title}})


def seconds(words: str) -> float:
    """Time passed, the less of two."""
    times = []
    for _ in range(2):
        started = time.perf_counter()
        list(PracticeFilterSet({"q": words}, queryset=Practice.objects.public()).qs)
        times.append(time.perf_counter() - started)
    return min(times)


@pytest.mark.parametrize("words", WORST, ids=range(len(WORST)))
def test_the_worst_that_is_known(words: str) -> None:
    plain = seconds("gardens")
    assert seconds(words) < MOST * plain


@settings(max_examples=40, deadline=None, suppress_health_check=[*HealthCheck])
@given(words=st.text(st.characters(exclude_categories=["Cs"]), min_size=150, max_size=LONGEST))
def test_the_worst_that_can_be_found(words: str) -> None:
    ratio = seconds(words) / seconds("gardens")
    target(ratio)
    assert ratio < MOST


SEARCHES = [
    "/en/search/",
    "/en/practices/",
    "/en/practices/feed.atom",
    "/en/partners/",
    "/api/v1/practices/",
    "/api/v1/organisations/",
]


@pytest.mark.parametrize("words", WORST, ids=range(len(WORST)))
@pytest.mark.parametrize("address", SEARCHES)
def test_every_search_costs_little(visitor: Client, address: str, words: str) -> None:
    def asked(words: str) -> float:
        started = time.perf_counter()
        assert visitor.get(address, {"q": words}).status_code == 200
        return time.perf_counter() - started

    plain = min(asked("gardens"), asked("garden"))
    assert min(asked(words), asked(words[:-1])) < MOST * plain


@pytest.mark.parametrize("address", SEARCHES)
def test_every_search_takes_few_queries(visitor: Client, address: str) -> None:
    for words in WORST:
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(address, {"q": words}).status_code == 200
        assert len(queries) <= 25, words


@pytest.mark.parametrize("words", WORST, ids=range(len(WORST)))
def test_telling_followers_of_a_search_costs_little(words: str) -> None:
    """As little as the page that answers the search: what may be followed is shorter than what may be asked."""

    def told(words: str) -> tuple[float, int]:
        query = urlencode({"q": words})
        assert may_be_followed(query)
        search = SavedSearch.objects.create(prefix="search", query=query, told_until=NOON)
        follow(search, confirmed_at=NOON)
        publish(NOON + MINUTE, title="Neighbourhood gardens")
        started = time.perf_counter()
        with CaptureQueriesContext(connection) as queries:
            assert tell(search.pk, until=NOON + HOUR, now=NOON + HOUR) is not None
        return time.perf_counter() - started, len(queries)

    (plain, _few), (again, _same) = told("gardens"), told("garden")
    (spent, queries), (once_more, _queries) = told(words[:80]), told(words[:79])
    assert min(spent, once_more) < MOST * min(plain, again)
    assert queries <= 25


@pytest.mark.parametrize("typed", ["\ufdfa" * 198, "½" * 200, "ﬁ" * 200, "\u3316" * 200])
def test_the_cut_counts_what_a_character_stands_for(typed: str) -> None:
    assert len(full_text.cut(typed)) <= LONGEST
    assert len(unicodedata.normalize("NFKC", full_text.cut(typed))) <= LONGEST
