"""Somebody describes a practice step by step: nothing is lost, nothing is seen by others, nothing goes live."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.translation import override

from accounts.users.models import User
from hub.open_data.licence import LICENCE
from notifications.outbox.models import Message
from practices.contributing import submission as verbs
from practices.contributing.forms import CONSENT_WORDING
from practices.contributing.step_form import stamp
from practices.practice.models.practice import Practice, reserved_slugs
from practices.review.models import EligibilityTask
from practices.submissions.models import Submission
from tests.factories.partners import MembershipFactory, OrganisationFactory
from tests.factories.practices import PracticeFactory
from tests.factories.submissions import ANSWERS, draft, send
from tests.practices.contributing.submitting_pages import address, fill_in, page_data, send_page

pytestmark = pytest.mark.django_db


def test_everybody_reads_what_is_asked_and_only_who_is_signed_in_begins(visitor: Client, partner: Client) -> None:
    page = visitor.get("/en/practices/submit/")
    assert page.status_code == 200
    assert "Sign in" in page.content.decode()
    assert "Transferability" in page.content.decode()
    assert visitor.post("/en/practices/submit/", {"language": "en"})["Location"].startswith("/accounts/login/")
    assert not Submission.objects.exists()
    begun = partner.post("/en/practices/submit/", {"language": "fr"})
    assert begun["Location"] == address("submit_step", Submission.objects.get(), 1)
    assert partner.post("/en/practices/submit/", {"language": "xx"}).status_code == 422


def test_from_the_first_step_to_a_draft_that_nobody_sees(partner: Client, partner_user: User, visitor: Client) -> None:
    partner.post("/en/practices/submit/", {"language": "en"})
    submission = Submission.objects.get()
    fill_in(partner, submission, ANSWERS | {"theme": ["19", "3"]})
    check = partner.get(address("submit_check", submission)).content.decode()
    assert "Eight of ten people" in check
    assert "still needed" not in check
    assert send_page(partner, submission)["Location"] == address("submission", submission)

    submission.refresh_from_db()
    practice = submission.practice
    assert practice is not None
    assert (submission.status, practice.live, practice.slug) == ("submitted", False, "shared-gardens")
    assert submission.consent_wording.startswith("I may speak for")
    assert visitor.get("/en/practices/shared-gardens/").status_code == 404
    kept = practice.get_latest_revision_as_object()
    text = kept.texts.get()
    assert (text.language, text.title, text.results) == ("en", ANSWERS["title"], ANSWERS["results"])
    assert {(term.vocabulary, term.code) for term in kept.terms.all()} == {
        *(("theme", "3"), ("theme", "19"), ("target", "older-people"), ("country", "BE"), ("region", "BE23")),
        *(("sector", "citizens"), ("sector", "government")),
    }
    assert (kept.kind.code, kept.evidence.code, kept.cost, kept.since) == ("good-practice", "2", None, 2015)
    assert (kept.owner_name, kept.contact_email) == ("Gardens together", "gardens@example.org")
    assert [(source.title, source.url) for source in kept.sources.all()] == [("Report", "https://example.org/report")]
    assert isinstance(kept.current_workflow_task, EligibilityTask)
    assert Message.objects.get(kind="practices/submission_received").to_email == partner_user.email


def test_a_step_may_be_left_incomplete_and_the_check_names_what_is_missing(partner: Client, partner_user: User) -> None:
    submission = verbs.start(user=partner_user, language="en")
    data = page_data(submission, 1, title="Shared gardens", later="1")
    assert partner.post(address("submit_step", submission, 1), data)["Location"] == "/en/practices/mine/"
    submission.refresh_from_db()
    assert submission.title == "Shared gardens"
    check = partner.get(address("submit_check", submission)).content.decode()
    assert f'href="{address("submit_step", submission, 1)}?check=1#id_summary"' in check
    assert f'href="{address("submit_step", submission, 5)}?check=1#id_contact_email"' in check
    assert "Send</button>" not in check
    assert send_page(partner, submission).status_code == 422
    submission.refresh_from_db()
    assert submission.is_draft
    assert not Practice.objects.exists()


def test_the_list_of_steps_tells_what_a_saved_step_still_lacks(partner: Client, partner_user: User) -> None:
    def listed(submission: Submission) -> list[str]:
        page = partner.get(address("submit_files", submission)).content.decode()
        items = re.findall(r'<li class="step-list__step">(.*?)</li>', page, re.DOTALL)
        return [" ".join(re.sub("<[^>]+>", " ", item).split()) for item in items]

    submission = verbs.start(user=partner_user, language="en")
    assert not [item for item in listed(submission) if "needed" in item or "complete" in item], "nobody was there yet"
    partner.post(address("submit_step", submission, 1), page_data(submission, 1, title="Shared gardens"))
    partner.post(address("submit_step", submission, 2), page_data(submission, 2))
    partner.post(
        address("submit_step", submission, 3), page_data(submission, 3, needs="A garden.", sector=["citizens"])
    )
    partner.post(address("submit_step", submission, 5), page_data(submission, 5, owner_name="Gardens together"))
    assert listed(submission) == [
        "1 What is it, and for whom? 4 answers are still needed",
        "2 Does it work? 2 answers are still needed",
        "✓ What does it take? complete",
        "4 How is it done, and where?",
        "5 Who answers for it? 1 answer is still needed",
        "6 Files",
        "→ Check and send",
    ]


@pytest.mark.parametrize(
    ("number", "wrong", "words"),
    [
        (1, {"title": "x" * 161}, "160"),
        (1, {"kind": "invented"}, "invented"),
        (1, {"theme": ["19", "\x00"]}, "Themes"),
        (2, {"source_title_1": "Report", "source_url_1": "javascript:alert(1)"}, "Source 1: address"),
        (2, {"source_title_1": "", "source_url_1": "https://example.org/"}, "Give this source a title."),
        (4, {"since": "in May"}, "Since which year"),
        (4, {"since": "99"}, "Since which year"),
        (4, {"website": "javascript:alert(1)"}, "Website"),
        (5, {"contact_email": "nobody"}, "Mailbox"),
        (5, {"owner_name": "Buy at www.example.org"}, "without a web address"),
    ],
)
def test_what_is_wrong_is_not_saved_and_comes_back(
    partner: Client, partner_user: User, number: int, wrong: dict[str, Any], words: str
) -> None:
    submission = draft(partner_user)
    page = partner.post(address("submit_step", submission, number), page_data(submission, number, **wrong))
    assert page.status_code == 422
    assert words in page.content.decode()
    submission.refresh_from_db()
    assert submission.answers == ANSWERS


def test_a_summary_that_is_pasted_too_long_comes_back_whole(partner: Client, partner_user: User) -> None:
    submission = draft(partner_user)
    there = address("submit_step", submission, 1)
    assert "maxlength" not in partner.get(there).content.decode()
    pasted = "Neighbours share gardens. " * 11 + "And this is the end."
    page = partner.post(there, page_data(submission, 1, summary=pasted)).content.decode()
    assert f"at most 280 characters (it has {len(pasted)})" in page
    assert f"{pasted}</textarea>" in page
    submission.refresh_from_db()
    assert submission.answers == ANSWERS


def test_an_organisation_of_ones_own_is_chosen_and_a_strange_one_is_not(partner: Client, partner_user: User) -> None:
    own = MembershipFactory.create(user=partner_user).organisation
    strange = OrganisationFactory.create()
    submission = draft(partner_user)
    there = address("submit_step", submission, 5)
    assert partner.post(there, page_data(submission, 5, owner=strange.slug)).status_code == 422
    assert partner.post(there, page_data(submission, 5, owner=own.slug, owner_name="")).status_code == 302
    assert send_page(partner, submission).status_code == 302
    assert Practice.objects.get().owner == own


def test_who_left_the_organisation_cannot_name_it_any_more(partner_user: User) -> None:
    membership = MembershipFactory.create(user=partner_user)
    submission = draft(partner_user, owner=membership.organisation.slug, owner_name="")
    membership.delete()
    with pytest.raises(verbs.IncompleteError):
        send(submission)


def test_room_for_one_more_source_after_each(partner: Client, partner_user: User) -> None:
    submission = draft(partner_user)
    there = address("submit_step", submission, 2)
    three = {f"source_title_{n}": f"Report {n}" for n in (1, 2, 3)}
    three |= {f"source_url_{n}": f"https://example.org/{n}" for n in (1, 2, 3)}
    saved = partner.post(there, page_data(submission, 2, more="1", **three))
    assert saved["Location"] == there
    assert 'name="source_title_4"' in partner.get(there).content.decode()
    submission.refresh_from_db()
    assert len(submission.answers["sources"]) == 3


def test_another_tab_never_overwrites_silently(partner: Client, partner_user: User) -> None:
    submission = draft(partner_user)
    there = address("submit_step", submission, 1)
    first = page_data(submission, 1, title="From the first tab")
    second = page_data(submission, 1, title="From the second tab")
    other_step = page_data(submission, 3, needs="From a third tab")
    assert partner.post(there, first).status_code == 302
    clash = partner.post(there, second)
    assert clash.status_code == 409
    words = clash.content.decode()
    assert "changed in another window" in words
    assert 'value="From the second tab"' in words
    assert "From the first tab" in words
    submission.refresh_from_db()
    assert submission.title == "From the first tab"
    assert partner.post(there, first).status_code == 302, "the same page sent twice is no clash"
    assert partner.post(address("submit_step", submission, 3), other_step).status_code == 302, "nor is another step"
    assert partner.post(there, second | {"seen": clash.context["seen"]}).status_code == 302
    submission.refresh_from_db()
    assert (submission.title, submission.answers["needs"]) == ("From the second tab", "From a third tab")


def test_what_was_checked_is_what_is_sent(partner: Client, partner_user: User) -> None:
    submission = draft(partner_user)
    seen = stamp(submission.answers)
    partner.post(address("submit_step", submission, 1), page_data(submission, 1, title="Changed since"))
    page = send_page(partner, submission, seen=seen)
    assert page.status_code == 409
    assert "another window" in page.content.decode()
    assert not Practice.objects.exists()


def test_without_the_declaration_nothing_is_sent(partner: Client, partner_user: User) -> None:
    submission = draft(partner_user)
    page = send_page(partner, submission, agree="")
    assert page.status_code == 422
    assert "Tick the box" in page.content.decode()


def test_what_somebody_agrees_to_names_the_licence_of_the_open_data(visitor: Client) -> None:
    assert LICENCE["name"] in str(CONSENT_WORDING)
    assert f'href="{LICENCE["uri"]}"' in visitor.get("/en/practices/submit/").content.decode()


def test_sending_twice_is_one_submission(partner: Client, partner_user: User) -> None:
    submission = draft(partner_user)
    data = {"agree": "on", "seen": stamp(submission.answers)}
    for _time in (1, 2):
        assert partner.post(address("submit_check", submission), data).status_code == 302
    assert verbs.send(submission, seen=data["seen"], consent_wording="I agree.") is False
    assert Practice.objects.count() == 1
    assert submission.events.count() == 1
    assert Message.objects.filter(kind="practices/submission_received").count() == 1


def test_the_number_of_drafts_is_bounded(partner: Client, partner_user: User) -> None:
    for _number in range(verbs.MOST_DRAFTS):
        verbs.start(user=partner_user, language="en")
    page = partner.post("/en/practices/submit/", {"language": "en"})
    assert page.status_code == 409
    assert "drafts already" in page.content.decode()
    verbs.withdraw(Submission.objects.all()[0])
    assert partner.post("/en/practices/submit/", {"language": "en"}).status_code == 302


def test_beginning_again_and_again_is_slowed_down(partner: Client, partner_user: User) -> None:
    answers = []
    for _number in range(21):
        answers.append(partner.post("/en/practices/submit/", {"language": "en"}).status_code)
        Submission.objects.all().delete()
    assert answers == [302] * 20 + [429]


@pytest.mark.parametrize("language", settings.ALL_LANGUAGES)
def test_no_practice_can_have_the_address_of_one_of_these_pages(language: str) -> None:
    with override(language):
        prefix = reverse("practices:library")
        patterns = get_resolver("practices.urls").url_patterns
        first = {str(pattern.pattern).split("/")[0] for pattern in patterns}
    assert prefix.startswith(f"/{language}/")
    assert {part for part in first if part and not part.startswith("<") and "." not in part} <= reserved_slugs()


def test_words_from_outside_are_inert(partner: Client, partner_user: User, editor: Client) -> None:
    bad = "<script>alert(1)</script>"
    submission = draft(partner_user, **dict.fromkeys(("title", "summary", "what", "results", "owner_name"), bad))
    assert bad not in partner.get(address("submit_check", submission)).content.decode()
    send(submission)
    pages = [partner.get(address("submission", submission)), partner.get("/en/my/")]
    pages += [editor.get(reverse("wagtailsnippets_practices_submission:list"))]
    pages += [editor.get(reverse("wagtailsnippets_practices_submission:inspect", args=[submission.pk]))]
    pages += [editor.get(reverse("wagtailsnippets_practices_practice:edit", args=[submission.practice_id]))]
    for page in pages:
        assert page.status_code == 200
        assert bad not in page.content.decode()


def test_a_practice_of_somebody_else_is_no_submission(partner: Client) -> None:
    practice = PracticeFactory.create()
    assert partner.get(f"/en/practices/{practice.slug}/update/").status_code == 404
    assert partner.post(f"/en/practices/{practice.slug}/update/", {"language": "en"}).status_code == 404
