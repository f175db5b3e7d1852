"""Somebody describes a practice step by step: nothing is lost, nothing is seen by others, nothing goes live."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from notifications.models import Message
from practices import review
from practices import submission as verbs
from practices.models import RESERVED_SLUGS, EligibilityTask, Practice, Submission
from practices.step_form import stamp, stamp_of
from practices.steps import STEPS
from tests.factories.accounts import UserFactory
from tests.factories.partners import MembershipFactory, OrganisationFactory
from tests.factories.practices import PracticeFactory
from tests.factories.submissions import ANSWERS, draft, judge, published, send, sent, task_of

pytestmark = pytest.mark.django_db


def address(name: str, submission: Submission, *more: Any) -> str:
    with override("en"):
        return reverse(f"practices:{name}", args=[submission.uuid, *more])


def page_data(submission: Submission, number: int, **more: Any) -> dict[str, Any]:
    """What a step's form sends when nothing is changed but `more`."""
    step = STEPS[number - 1]
    shown = {name: "" if value is None else value for name, value in step.from_answers(submission.answers).items()}
    return shown | {"seen": stamp_of(step, submission)} | more


def fill_in(client: Client, submission: Submission, answers: dict[str, Any]) -> None:
    """All steps, one after the other."""
    for number, step in enumerate(STEPS, start=1):
        submission.refresh_from_db()
        filled = {name: "" if value is None else value for name, value in step.from_answers(answers).items()}
        data = filled | {"seen": stamp_of(step, submission)}
        assert client.post(address("submit_step", submission, number), data).status_code == 302


def send_page(client: Client, submission: Submission, **more: Any) -> Any:
    submission.refresh_from_db()
    data = {"agree": "on", "seen": stamp(submission.answers)} | more
    return client.post(address("submit_check", submission), data)


# --- Steps ----------------------------------------------------------------------------------------


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
    assert isinstance(kept.current_workflow_task.specific, EligibilityTask)
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


# --- Whose it is ----------------------------------------------------------------------------------


def test_strangers_find_nothing(partner_user: User, other_partner: Client, editor: Client, visitor: Client) -> None:
    for submission in (draft(partner_user), sent(partner_user)):
        places = [address("submit_step", submission, 1), *(address(name, submission) for name in NAMES)]
        for place in places:
            for client in (other_partner, editor):
                assert client.get(place).status_code == 404
                assert client.post(place, {}).status_code in {404, 405}
            assert visitor.get(place)["Location"].startswith("/accounts/login/")


NAMES = ("submit_check", "submit_files", "submission", "withdraw_submission")


def test_what_is_under_review_cannot_be_changed(partner: Client, partner_user: User) -> None:
    submission = sent(partner_user)
    page = partner.post(address("submit_step", submission, 1), page_data(submission, 1, title="Too late"))
    assert page["Location"] == address("submission", submission)
    submission.refresh_from_db()
    assert submission.title == ANSWERS["title"]


def test_my_page_and_my_practices_tell_where_each_is(partner: Client, partner_user: User) -> None:
    draft(partner_user, title="Half done")
    sent(partner_user, title="On its way")
    for place in ("/en/my/", "/en/practices/mine/"):
        page = partner.get(place).content.decode()
        for words in ("Half done", "Draft", "On its way", "Under review"):
            assert words in page


def test_the_lists_cost_the_same_for_many(partner: Client, partner_user: User) -> None:
    counts = []
    for more in (1, 8):
        for _number in range(more):
            sent(partner_user)
        with CaptureQueriesContext(connection) as queries:
            assert partner.get("/en/practices/mine/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15


def test_looking_writes_nothing(partner: Client, partner_user: User) -> None:
    submission = draft(partner_user)
    places = [address("submit_step", submission, number) for number in range(1, 6)]
    for place in [*places, *(address(name, submission) for name in NAMES), "/en/practices/submit/"]:
        with CaptureQueriesContext(connection) as queries:
            partner.get(place)
        assert not [each for each in queries if each["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]


# --- Taken back and forgotten ---------------------------------------------------------------------


def test_a_draft_is_deleted_and_what_was_sent_is_taken_out_of_the_review(partner: Client, partner_user: User) -> None:
    unsent, submission = draft(partner_user), sent(partner_user)
    assert partner.get(address("withdraw_submission", unsent)).status_code == 200
    assert Submission.objects.filter(pk=unsent.pk).exists()
    for each in (unsent, submission):
        partner.post(address("withdraw_submission", each))
    assert not Submission.objects.filter(pk=unsent.pk).exists()
    submission.refresh_from_db()
    assert submission.status == "withdrawn"
    assert submission.practice
    assert submission.practice.current_workflow_state is None
    assert not submission.practice.live
    assert partner.post(address("withdraw_submission", submission)).status_code == 302


def test_old_drafts_and_answers_are_forgotten(partner_user: User, editor_user: User) -> None:
    abandoned, fresh = draft(partner_user, title="Old"), draft(partner_user, title="New")
    refused = sent(partner_user, title="Refused")
    review.refuse(task_of(refused), by=editor_user, words="Not social.")
    now = timezone.now()
    Submission.objects.filter(pk=abandoned.pk).update(changed_at=now - verbs.KEPT_DRAFT * 2)
    Submission.objects.filter(pk=refused.pk).update(decided_at=now - verbs.KEPT_AFTER_DECISION * 2)
    assert verbs.forget(now=now) == 2
    assert verbs.forget(now=now) == 0
    assert set(Submission.objects.values_list("title", flat=True)) == {"New", "Refused"}
    refused.refresh_from_db()
    assert (refused.answers, refused.reason) == ({}, "Not social.")
    fresh.refresh_from_db()
    assert fresh.answers


def test_with_the_account_go_its_submissions_but_not_the_practice(partner_user: User, editor_user: User) -> None:
    practice = published(partner_user, editor_user).practice
    assert practice
    partner_user.delete()
    assert not Submission.objects.exists()
    assert Practice.objects.public().filter(pk=practice.pk).exists()


# --- Updates --------------------------------------------------------------------------------------


def test_who_may_propose_an_update(partner_user: User, other_user: User, editor_user: User) -> None:
    practice = published(partner_user, editor_user).practice
    assert practice
    membership = MembershipFactory.create(user=other_user)
    clients = {user: Client() for user in (partner_user, other_user, UserFactory.create())}
    for user, client in clients.items():
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    place = f"/en/practices/{practice.slug}/"

    def offered() -> list[bool]:
        pages = [(client.get(place).content.decode(), client.get(f"{place}update/")) for client in clients.values()]
        assert all(("Propose an update" in words) == (page.status_code == 200) for words, page in pages)
        return [page.status_code == 200 for _words, page in pages]

    assert offered() == [True, False, False]
    Practice.objects.filter(pk=practice.pk).update(owner=membership.organisation)
    assert offered() == [True, True, False]
    Practice.objects.filter(pk=practice.pk).update(live=False)
    assert [client.get(f"{place}update/").status_code for client in clients.values()] == [404] * 3


def test_an_update_changes_the_draft_and_not_the_page(
    partner: Client, partner_user: User, editor_user: User, visitor: Client
) -> None:
    practice = published(partner_user, editor_user).practice
    assert practice
    place = f"/en/practices/{practice.slug}/"
    before = visitor.get(place).content
    partner.post(f"{place}update/", {"language": "en"})
    update = Submission.objects.get(is_update=True)
    assert partner.post(f"{place}update/", {"language": "en"}).status_code == 302
    assert Submission.objects.filter(is_update=True).count() == 1, "the one that is open is found again"
    assert send_page(partner, update).status_code == 409, "nothing changed"
    partner.post(address("submit_step", update, 2), page_data(update, 2, results="Nine of ten people."))
    check = partner.get(address("submit_check", update)).content.decode()
    assert check.count("tag--now") == 1
    assert send_page(partner, update).status_code == 302

    practice.refresh_from_db()
    assert practice.live
    assert visitor.get(place).content == before
    assert practice.texts.get().results == ANSWERS["results"]
    draft_of_it = practice.get_latest_revision_as_object()
    assert draft_of_it.texts.get().results == "Nine of ten people."
    assert draft_of_it.judgements.count() == 10, "what staff added stays"


def test_an_update_keeps_what_others_changed_meanwhile(partner_user: User, editor_user: User) -> None:
    practice = published(partner_user, editor_user).practice
    assert practice
    update = verbs.start_update(user=partner_user, practice=practice, language="en")
    edited = practice.get_latest_revision_as_object()
    text = edited.texts.get()
    text.summary = "Corrected by staff."
    edited.texts.set([text])
    edited.save_revision(user=editor_user).publish()
    update.answers["results"] = "Nine of ten."
    update.save()
    send(update)
    assert update.practice
    kept = Practice.objects.get(pk=practice.pk).get_latest_revision_as_object().texts.get()
    assert (kept.summary, kept.results) == ("Corrected by staff.", "Nine of ten.")


def test_an_update_can_add_a_language(partner_user: User, editor_user: User) -> None:
    practice = published(partner_user, editor_user).practice
    assert practice
    update = verbs.start_update(user=partner_user, practice=practice, language="nl")
    assert update.answers["title"] == ""
    assert update.answers["theme"] == ["3", "19"]
    with pytest.raises(verbs.IncompleteError):
        send(update)
    words = {"title": "Samentuinen", "summary": "Samen.", "results": "Veel.", "needs": "Grond.", "steps": "1. Begin."}
    update.answers |= words
    update.title = "Samentuinen"
    update.save()
    send(update)
    kept = Practice.objects.get(pk=practice.pk).get_latest_revision_as_object()
    assert {text.language: text.title for text in kept.texts.all()} == {"en": ANSWERS["title"], "nl": "Samentuinen"}
    assert (kept.slug, kept.original_language) == (practice.slug, "en")


def test_one_proposal_at_a_time(partner_user: User, other_user: User, editor_user: User) -> None:
    practice = published(partner_user, editor_user).practice
    assert practice
    Practice.objects.filter(pk=practice.pk).update(owner=MembershipFactory.create(user=other_user).organisation)
    practice.refresh_from_db()
    updates = [verbs.start_update(user=user, practice=practice, language="en") for user in (partner_user, other_user)]
    for update in updates:
        update.answers["results"] = "Changed."
        update.save()
    send(updates[0])
    with pytest.raises(verbs.BusyError):
        send(updates[1])
    judge(updates[0], editor_user)
    for verb in (review.find_eligible, review.approve):
        verb(task_of(updates[0]), by=editor_user)
    send(updates[1])


# --- Addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_no_practice_can_have_the_address_of_one_of_these_pages(language: str) -> None:
    with override(language):
        prefix = reverse("practices:library")
        patterns = get_resolver("practices.urls").url_patterns
        first = {str(pattern.pattern).split("/")[0] for pattern in patterns}
    assert prefix.startswith(f"/{language}/")
    assert {part for part in first if part and not part.startswith("<") and "." not in part} <= RESERVED_SLUGS


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
