"""Clicks and people that come at the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from accounts.users.models import User
from hub.vocabularies import loading
from notifications.outbox.models import Message
from practices.contributing import submission as verbs
from practices.contributing.step_form import stamp
from practices.practice.models.practice import Practice
from practices.submissions.models import Submission
from tests.factories.accounts import UserFactory
from tests.factories.submissions import draft

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _terms(transactional_db: None) -> None:
    """A test before this one may have emptied the database."""
    loading.load()


def at_once(pieces: list[Callable[[], object]]) -> list[object]:
    """What each answered, or how it failed."""
    ready = threading.Barrier(len(pieces))

    def one(piece: Callable[[], object]) -> object:
        ready.wait(timeout=30)
        try:
            return piece()
        except (verbs.TooManyDraftsError, verbs.BusyError) as error:
            return type(error).__name__
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(len(pieces)) as pool:
        return list(pool.map(one, pieces))


def sending(submission: Submission) -> Callable[[], object]:
    seen = stamp(submission.answers)
    return lambda: verbs.send(submission, seen=seen, consent_wording="I agree.")


def test_ten_clicks_are_one_submission() -> None:
    submission = draft()
    assert sorted(map(str, at_once([sending(submission)] * 10))) == ["False"] * 9 + ["True"]
    assert Practice.objects.count() == 1
    assert submission.events.count() == 1
    assert Message.objects.filter(kind="practices/submission_received").count() == 1


def test_practices_of_the_same_name_each_get_an_address() -> None:
    drafts = [draft(user) for user in UserFactory.create_batch(6)]
    assert at_once([sending(each) for each in drafts]) == [True] * 6
    assert len(set(Practice.objects.values_list("slug", flat=True))) == 6


def test_no_more_drafts_than_allowed_however_many_are_begun() -> None:
    user: User = UserFactory.create()
    answers = at_once([lambda: verbs.start(user=user, language="en")] * 12)
    assert answers.count("TooManyDraftsError") == 12 - verbs.MOST_DRAFTS
    assert Submission.objects.count() == verbs.MOST_DRAFTS
