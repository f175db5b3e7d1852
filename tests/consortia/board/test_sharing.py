"""What staff see of a consortium is what it allows, and its own page says so: every setting, state and role."""

from itertools import product

import pytest
from django.test import Client

from consortia.consortium.actions import RefusedError, Role
from consortia.consortium.models import Consortium
from consortia.consortium.stale import ChangedError
from consortia.files.models import FileVersion
from consortia.sharing import setting
from consortia.sign_off import versions
from tests.consortia.board.boards import at
from tests.consortia.drafts.drafting import Draft, draft
from tests.consortia.drafts.working import document, note, task
from tests.consortia.partnering import address, text
from tests.personas import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["draft"]
Shown = Consortium.Shown


@pytest.fixture(autouse=True)
def english(client: Client, editor: Client) -> None:
    for each in (client, editor):
        each.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


def _share(draft: Draft, shown: Shown) -> None:
    Consortium.objects.filter(pk=draft.consortium.pk).update(shown_to_centre=shown)
    draft.refresh()


def _seen(client: Client, draft: Draft) -> set[str]:
    """Which of the things in it stand on the page of staff."""
    page = text(client.get(at("consortium", draft.consortium.uuid)))
    words = {
        "name": "Together",
        "lead": ">Lead<",
        "invited": ">Invited<",
        "summary": "We try.",
        "document": "Our drawings",
        "task": "Write the plan",
        "note": "A note",
        "log": "Lead began the draft.",
    }
    return {name for name, word in words.items() if word in page}


NAMES = {"name", "lead", "invited"}
ALL = NAMES | {"summary", "document", "task", "log"}


@pytest.mark.parametrize(
    ("shown", "status", "seen"),
    [
        (Shown.NUMBER, "draft", set()),
        (Shown.NAMES, "draft", NAMES),
        (Shown.ALL, "draft", ALL),
        (Shown.NUMBER, "declared", NAMES),
        (Shown.NAMES, "declared", NAMES),
        (Shown.ALL, "declared", ALL),
    ],
)
def test_staff_see_what_is_allowed_and_never_the_notes(
    draft: Draft, editor: Client, administrator: Client, shown: Shown, status: str, seen: set[str]
) -> None:
    made = document(draft)
    type(made).objects.filter(pk=made.pk).update(title="Our drawings")
    task(draft, what="Write the plan")
    note(draft, draft.people[Role.LEAD_OWNER])
    _share(draft, shown)
    Consortium.objects.filter(pk=draft.consortium.pk).update(status=status)
    assert _seen(editor, draft) == _seen(administrator, draft) == seen
    listed = text(editor.get(at("consortia", draft.call.pk)))
    assert ("Together" in listed, "Lead" in listed.replace(">Lead</th>", "")) == (bool(seen), bool(seen))
    taken = b"".join(editor.get(at("consortia", draft.call.pk, export="csv"))).decode()
    assert ("Together" in taken, "Invited" in taken) == (bool(seen), bool(seen))


@pytest.mark.parametrize("shown", Shown)
def test_what_is_given_up_is_gone_for_staff(draft: Draft, editor: Client, shown: Shown) -> None:
    _share(draft, shown)
    Consortium.objects.filter(pk=draft.consortium.pk).update(status="given_up")
    assert editor.get(at("consortium", draft.consortium.uuid)).status_code == 404
    assert "Together" not in text(editor.get(at("consortia", draft.call.pk)))


@pytest.mark.parametrize(("shown", "status"), [(Shown.NUMBER, 404), (Shown.NAMES, 404), (Shown.ALL, 200)])
def test_files_only_where_all_is_shown(draft: Draft, editor: Client, shown: Shown, status: int) -> None:
    made = document(draft)
    version = FileVersion.objects.get(file=made.file)
    _share(draft, shown)
    place = at("download", draft.consortium.uuid, version.uuid)
    assert editor.get(place).status_code == status
    assert signed_in(draft.people[Role.LEAD_OWNER]).get(place).status_code in {302, 403}


@pytest.mark.parametrize(("role", "shown"), list(product(Role, Shown)))
def test_only_owners_of_the_lead_change_it_and_nobody_signs_again(draft: Draft, role: Role, shown: Shown) -> None:
    by, version = draft.people[role], versions.latest(draft.consortium).number
    if role != Role.LEAD_OWNER:
        with pytest.raises(RefusedError):
            setting.share(draft.consortium, shown=shown, seen="number", by=by)
        return
    assert setting.share(draft.consortium, shown=shown, seen="number", by=by) == (shown != Shown.NUMBER)
    draft.refresh()
    assert draft.consortium.shown_to_centre == shown
    assert versions.latest(draft.consortium).number == version
    assert draft.consortium.entries.filter(action="share").count() == (shown != Shown.NUMBER)


def test_the_page_says_what_the_centre_sees_and_leads_to_where_it_is_changed(draft: Draft) -> None:
    page, form = (address(name, draft.consortium.uuid) for name in ("consortium", "share"))
    lead, editor = (signed_in(draft.people[role]) for role in (Role.LEAD_OWNER, Role.MEMBER_EDITOR))
    for client in (lead, editor):
        assert "That it exists, and how many organisations are in it." in text(client.get(page))
    assert form in text(lead.get(page))
    assert form not in text(editor.get(page))
    assert "Only an owner of the organisation that leads" in text(editor.get(form))
    answer = lead.post(form, {"shown": "all", "seen": "number"}, follow=True)
    assert "What the centre sees is changed." in text(answer)
    assert "All of it but the notes, to read." in text(answer)
    assert "Lead changed what the centre sees." in text(answer)
    assert signed_in(draft.people[Role.NOBODY]).get(form).status_code == 404


def test_two_at_once_are_told_of_each_other(draft: Draft) -> None:
    owner, form = draft.people[Role.LEAD_OWNER], address("share", draft.consortium.uuid)
    setting.share(draft.consortium, shown=Shown.ALL, seen="number", by=owner)
    with pytest.raises(ChangedError):
        setting.share(draft.consortium, shown=Shown.NAMES, seen="number", by=owner)
    client = signed_in(owner)
    answer = client.post(form, {"shown": "names", "seen": "number"})
    assert answer.status_code == 422
    assert "Lead changed it while you were writing" in text(answer)
    assert client.post(form, {"shown": "names", "seen": answer.context["form"]["seen"].value()}).status_code == 302
    draft.refresh()
    assert draft.consortium.shown_to_centre == Shown.NAMES


def test_before_declaring_the_page_says_what_the_centre_sees_then(draft: Draft) -> None:
    page = text(signed_in(draft.people[Role.LEAD_OWNER]).get(address("declare", draft.consortium.uuid)))
    assert "The centre sees them from then on, whatever you let it see of the draft." in page
