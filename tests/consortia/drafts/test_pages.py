"""The pages of a draft: who gets them, what stands there, and that a refused form keeps what was typed."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from calls.pages.models import CallPage
from consortia.consortium.actions import Role
from consortia.consortium.models import Consortium
from consortia.documents import adding
from consortia.documents.models import Document
from consortia.drafting import beginning, changing
from consortia.files.models import StoredFile
from consortia.introductions.models import Introduction
from consortia.notes import writing
from consortia.notes.models import Note
from consortia.sign_off import links, versions
from consortia.to_do import tasks
from consortia.to_do.models import Task
from consortia.to_do.tasks import Said
from hub.dates import brussels
from tests.consortia.drafts.drafting import Draft, draft, organisation
from tests.consortia.drafts.working import pdf
from tests.consortia.partnering import address, text
from tests.personas import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["draft"]


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


def _client(draft: Draft, role: Role) -> Client:
    return signed_in(draft.people[role])


def _my_page() -> str:
    with translation.override("en"):
        return reverse("accounts:my_page")


def test_only_those_in_it_find_it(draft: Draft) -> None:
    page = address("consortium", draft.consortium.uuid)
    assert [_client(draft, role).get(page).status_code for role in Role] == [200] * 6 + [404]
    assert Client().get(page).status_code == 302


def test_the_buttons_are_those_of_the_table(draft: Draft) -> None:
    page = address("consortium", draft.consortium.uuid)
    lead, editor = (text(_client(draft, role).get(page)) for role in (Role.LEAD_OWNER, Role.MEMBER_EDITOR))
    remove = address("act", draft.consortium.uuid, "remove", draft.joined.pk)
    assert remove in lead
    assert remove not in editor
    assert address("change_words", draft.consortium.uuid) in editor
    assert address("sign", draft.consortium.uuid, draft.joined.pk) not in editor


def test_what_the_call_asks_for_is_read_before_the_log(draft: Draft) -> None:
    shown = text(_client(draft, Role.LEAD_OWNER).get(address("consortium", draft.consortium.uuid)))
    assert 0 < shown.index("What the call asks for") < shown.index("What was decided")


def test_the_page_of_the_call_leads_to_what_one_leads_already(draft: Draft) -> None:
    page, begin = CallPage.objects.get().url, address("begin", draft.call.pk, draft.lead.organisation.slug)
    own = f'<a href="{address("consortium", draft.consortium.uuid)}">To your consortium “Together”</a>'
    client, by = _client(draft, Role.LEAD_EDITOR), draft.people[Role.LEAD_OWNER]
    assert own in text(client.get(page))
    assert f'<a href="{begin}">Form another consortium</a>' in text(client.get(page))
    assert own not in text(_client(draft, Role.NOBODY).get(page))
    for number in range(beginning.MOST - 1):
        beginning.begin(
            draft.call, draft.lead.organisation, key=uuid4(), name=f"No. {number}", summary={"en": "W"}, by=by
        )
    assert begin not in text(client.get(page)), "no more can be begun"
    Consortium.objects.update(status=Consortium.Status.GIVEN_UP)
    assert own not in text(client.get(page))
    assert f'<a href="{begin}">Form a consortium</a>' in text(client.get(page))


def test_who_leads_one_is_offered_another_one_wherever_one_may_be_begun(draft: Draft) -> None:
    by, own = draft.people[Role.LEAD_OWNER], draft.lead.organisation
    begin = address("begin", draft.call.pk, own.slug)
    made = Introduction.objects.create(
        call=draft.call,
        from_organisation=own,
        to_organisation=draft.joined.organisation,
        asked_by=by,
        answered_by=draft.people[Role.MEMBER_OWNER],
        status="accepted",
        answered_at=timezone.now(),
        message="Shall we?",
    )
    pages = (address("interest_registered", draft.call.pk), address("introduction", made.pk))
    for page in pages:
        shown = text(_client(draft, Role.LEAD_OWNER).get(page))
        assert "To your consortium “Together”" in shown, page
        assert f'<a href="{begin}">Form another consortium' in shown
        assert "Form a consortium" not in shown
    Consortium.objects.update(status=Consortium.Status.GIVEN_UP)
    for page in pages:
        shown = text(_client(draft, Role.LEAD_OWNER).get(page))
        assert f'<a href="{begin}">Form a consortium' in shown
        assert "To your consortium" not in shown


def test_the_log_says_at_what_time(draft: Draft) -> None:
    shown = text(_client(draft, Role.LEAD_OWNER).get(address("consortium", draft.consortium.uuid)))
    at = brussels.local(draft.consortium.entries.get(action="begin").at)
    assert re.search(rf'<time datetime="{at:%Y-%m-%dT%H:%M}[^"]*">[^<]+, {at:%H:%M} \(Brussels\)</time>', shown)


def test_begun_twice_with_one_form_it_is_one(draft: Draft) -> None:
    page = address("begin", draft.call.pk, draft.lead.organisation.slug)
    client = _client(draft, Role.LEAD_EDITOR)
    assert client.get(page).status_code == 200
    typed = {"key": uuid4(), "name": "A second one", "summary_en": "Words"}
    answers = [client.post(page, typed) for _time in range(2)]
    made = Consortium.objects.get(name="A second one")
    assert [answer.headers["Location"] for answer in answers] == [address("consortium", made.uuid)] * 2
    assert _client(draft, Role.NOBODY).get(page).status_code == 404


def test_a_key_of_another_consortium_takes_nothing_from_it_and_breaks_nothing(draft: Draft) -> None:
    page = address("begin", draft.call.pk, draft.lead.organisation.slug)
    by, client = draft.people[Role.LEAD_OWNER], _client(draft, Role.LEAD_OWNER)
    other = Consortium.objects.create(call=draft.call, name="Of others", summary={})
    typed = {"key": other.uuid, "name": "Mine", "summary_en": "Words"}
    assert client.post(page, typed).status_code == 422
    file = StoredFile.objects.create(consortium=other)
    facts: dict[str, Any] = {"consortium": other, "added_by": draft.lead}
    keys = [
        Document.objects.create(title="Theirs", file=file, **facts).key,
        Note.objects.create(consortium=other, text="Theirs", organisation_name="Others").key,
        Task.objects.create(what="Theirs", changed_by_name="Others", **facts).key,
    ]
    assert not adding.add(draft.consortium, pdf(), key=keys[0], title="Mine", by=by)
    assert not writing.write(draft.consortium, key=keys[1], text="Mine", by=by)
    assert not tasks.add(draft.consortium, Said("Mine"), key=keys[2], by=by)


@pytest.mark.parametrize("name", ["Win https://example.org/", "One\nOrganisations: ours", "\u202eknab"])
def test_a_name_is_one_line_and_no_link(draft: Draft, name: str) -> None:
    page = address("change_words", draft.consortium.uuid)
    answer = _client(draft, Role.MEMBER_EDITOR).post(page, {"name": name, "summary_en": "Words"})
    assert answer.status_code == 422
    assert "Write a name on one line" in text(answer)


def test_a_stale_form_tells_who_changed_what_and_keeps_the_text(draft: Draft) -> None:
    page = address("change_words", draft.consortium.uuid)
    client = _client(draft, Role.LEAD_EDITOR)
    seen = client.get(page).context["form"]["seen"].value()
    found = Consortium.objects.get(pk=draft.consortium.pk)
    by = draft.people[Role.MEMBER_EDITOR]
    changing.change_words(found, name="Theirs", summary={"en": "Their words"}, seen=seen, by=by)
    answer = client.post(page, {"seen": seen, "name": "Mine", "summary_en": "My words"})
    assert answer.status_code == 422
    for each in ("Joined changed it", "My words", "Theirs", "Their words"):
        assert each in text(answer), each
    again = {"seen": answer.context["form"]["seen"].value(), "name": "Mine", "summary_en": "My words"}
    assert client.post(page, again).status_code == 302
    assert Consortium.objects.get(pk=found.pk).name == "Mine"


def test_signed_by_the_link_without_signing_in(draft: Draft) -> None:
    page = address("sign_by_mail", links.token_of(draft.invited, draft.people[Role.INVITED_OWNER]))
    client = Client()
    answer = client.get(page)
    for each in ("Together", "We try.", "Lead", "Joined", "Invited"):
        assert each in text(answer), each
    assert draft.status(draft.invited) == "invited"
    typed = {"number": versions.latest(draft.consortium).number, "answer": "confirm"}
    assert client.post(page, typed).status_code == 302
    assert draft.is_signed(draft.invited)
    answer = client.post(page, typed | {"answer": "decline"})
    assert answer.status_code == 422
    assert client.post(page, typed | {"answer": "decline", "reason": "No."}).status_code == 200
    assert draft.status(draft.invited) == "declined"
    assert client.get(page).status_code == 404


def test_an_editor_reads_the_text_and_is_told_who_signs(draft: Draft) -> None:
    page = address("sign", draft.consortium.uuid, draft.invited.pk)
    answer = _client(draft, Role.INVITED_EDITOR).get(page)
    assert "Only owners of an organisation sign for it" in text(answer)
    typed = {"number": versions.latest(draft.consortium).number, "answer": "confirm"}
    assert _client(draft, Role.INVITED_EDITOR).post(page, typed).status_code == 422
    assert not draft.is_signed(draft.invited)


def test_what_changed_since_it_signed_stands_above_the_text(draft: Draft) -> None:
    draft.sign(draft.joined, Role.MEMBER_OWNER)
    found = Consortium.objects.get(pk=draft.consortium.pk)
    by = draft.people[Role.LEAD_OWNER]
    changing.change_words(found, name="Other", summary=found.summary, seen=changing.seen_words(found), by=by)
    page = address("sign", draft.consortium.uuid, draft.joined.pk)
    assert "The name was “Together”." in text(_client(draft, Role.MEMBER_OWNER).get(page))


def test_an_organisation_is_picked_and_invited_from_the_directory(draft: Draft) -> None:
    other = organisation("Foundation")[0]
    page = address("invite", draft.consortium.uuid)
    client = _client(draft, Role.LEAD_EDITOR)
    assert "Foundation" in text(client.get(page, {"q": "Foundation"}))
    assert client.post(page, {"organisation": other.pk}).headers["Location"].endswith(f"{draft.consortium.uuid}/")
    assert draft.consortium.members.filter(organisation=other, status="invited").exists()
    assert client.post(page, {"organisation": "nonsense"}).headers["Location"] == page


@pytest.mark.parametrize("action", ["remove", "hand_over", "leave", "give_up", "confirm", "nonsense"])
def test_one_press_is_asked_before_and_done_after(draft: Draft, action: str) -> None:
    leaves = action == "leave"
    client = _client(draft, Role.MEMBER_OWNER if leaves else Role.LEAD_OWNER)
    page = address("act", draft.consortium.uuid, action, draft.joined.pk)
    if action in {"confirm", "nonsense"}:
        assert client.post(page).status_code == 404
        return
    before = draft.consortium.entries.count()
    assert client.get(page).status_code == 200
    assert draft.consortium.entries.count() == before
    assert client.post(page).status_code == 302
    assert draft.consortium.entries.count() == before + 1


def test_my_page_and_the_part_of_an_organisation(draft: Draft) -> None:
    mine = _client(draft, Role.INVITED_OWNER).get(_my_page())
    page = address("set_part", draft.consortium.uuid, draft.invited.pk)
    client = _client(draft, Role.INVITED_EDITOR)
    seen = client.get(page).context["form"]["seen"].value()
    assert client.post(page, {"role": "associate", "tracks": ["training"], "seen": seen}).status_code == 302
    draft.invited.refresh_from_db()
    assert draft.invited.role == "associate"
    assert address("sign", draft.consortium.uuid, draft.invited.pk) in text(mine)
    assert "your turn" in text(mine)


def test_no_summary_is_called_optional_since_one_is_needed(draft: Draft) -> None:
    page = text(_client(draft, Role.LEAD_OWNER).get(address("change_words", draft.consortium.uuid)))
    assert "At least one language is needed" in page
    assert "(optional)" not in page


def test_the_summary_in_the_readers_language_comes_first(draft: Draft) -> None:
    with translation.override("fr"):
        page = reverse("consortia:change_words", args=[draft.consortium.uuid])
    form = _client(draft, Role.LEAD_OWNER).get(page).context["form"]
    summaries = [name for name in form.fields if name.startswith("summary_")]
    assert summaries == ["summary_fr", "summary_en", "summary_nl", "summary_de"]


def test_a_task_is_due_on_a_day_that_is_not_over(draft: Draft) -> None:
    client, uuid = _client(draft, Role.LEAD_OWNER), draft.consortium.uuid
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)
    typed = {"what": "Ask the city", "key": uuid4(), "due_on": yesterday}
    answer = client.post(address("add_task", uuid), typed)
    assert answer.status_code == 422
    assert 'href="#id_due_on"' in text(answer)
    assert "This day is over. Choose today or a later one" in text(answer)
    assert f'value="{yesterday}"' in text(answer)
    assert client.post(address("add_task", uuid), typed | {"due_on": today}).status_code == 302
    Task.objects.update(due_on=yesterday)  # a day went by
    made = Task.objects.get()
    page, seen = address("change_task", uuid, made.pk), Said.of(made).stands_for
    earlier = typed | {"what": "Ask the town", "seen": seen, "due_on": today - timedelta(days=2)}
    assert client.post(page, earlier).status_code == 422
    assert client.post(page, earlier | {"due_on": yesterday}).status_code == 302
    assert Task.objects.get().what == "Ask the town"
