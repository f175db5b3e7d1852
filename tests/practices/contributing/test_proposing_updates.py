"""Owners propose changes to a published practice; its page stays as it is until they are approved."""

import pytest
from django.test import Client

from accounts.users.models import User
from practices.contributing import submission as verbs
from practices.practice.models.practice import Practice
from practices.review import decisions
from practices.submissions.models import Submission
from tests.factories.accounts import UserFactory
from tests.factories.partners import MembershipFactory
from tests.factories.submissions import ANSWERS, judge, published, send, task_of
from tests.practices.contributing.submitting_pages import address, page_data, send_page

pytestmark = pytest.mark.django_db


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
    for verb in (decisions.find_eligible, decisions.approve):
        verb(task_of(updates[0]), by=editor_user)
    send(updates[1])


def test_no_update_is_offered_while_another_is_reviewed(
    partner: Client, partner_user: User, other_user: User, editor_user: User, visitor: Client
) -> None:
    practice = published(partner_user, editor_user).practice
    assert practice
    Practice.objects.filter(pk=practice.pk).update(owner=MembershipFactory.create(user=other_user).organisation)
    colleague = Client()
    colleague.force_login(other_user, backend="allauth.account.auth_backends.AuthenticationBackend")
    place = f"/en/practices/{practice.slug}/"
    update = verbs.start_update(user=partner_user, practice=practice, language="en")
    begun = verbs.start_update(user=other_user, practice=Practice.objects.get(pk=practice.pk), language="en")
    for each in (update, begun):
        each.answers["results"] = f"Changed by {each.user.email}."
        each.save()
    assert "is under review already" not in colleague.get(address("submit_check", begun)).content.decode()
    send(update)

    for client, words, leads_to in (
        (partner, "Your update of this practice is being reviewed.", address("submission", update)),
        (colleague, "An update of this practice is being reviewed.", address("submit_check", begun)),
    ):
        pages = [client.get(place), client.get(f"{place}update/"), client.post(f"{place}update/", {"language": "nl"})]
        assert [page.status_code for page in pages] == [200, 200, 409]
        for page in (page.content.decode() for page in pages):
            assert words in page
            assert f'href="{leads_to}"' in page
            assert "Propose an update</a>" not in page
            assert "Begin</button>" not in page
    assert "is being reviewed" not in visitor.get(place).content.decode()
    assert Submission.objects.filter(is_update=True).count() == 2
    begun.refresh_from_db()
    assert begun.answers["results"] == "Changed by other@example.org.", "nothing is lost"
    check = colleague.get(address("submit_check", begun)).content.decode()
    assert check.count("is under review already") == 1, "said before it is sent in vain"
    refused = send_page(colleague, begun)
    assert (refused.status_code, refused.content.decode().count("is under review already")) == (409, 1)

    verbs.withdraw(update)
    assert "Propose an update</a>" in partner.get(place).content.decode()
    assert partner.post(f"{place}update/", {"language": "nl"}).status_code == 302
    assert "is under review already" not in colleague.get(address("submit_check", begun)).content.decode()


def test_who_was_asked_something_is_led_to_the_question(partner: Client, partner_user: User, editor_user: User) -> None:
    practice = published(partner_user, editor_user).practice
    assert practice
    update = verbs.start_update(user=partner_user, practice=practice, language="en")
    update.answers["results"] = "Changed."
    update.save()
    send(update)
    decisions.ask(task_of(update), by=editor_user, words="Since when?")
    page = partner.post(f"/en/practices/{practice.slug}/update/", {"language": "en"})
    assert page.status_code == 409
    assert f'href="{address("submission", update)}"' in page.content.decode()
