"""The demo's call of 2023 has its whole history: as the verbs would have left it, and kept beyond the first night."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.privacy import keeping
from accounts.users.models import User
from calls.chain.models import Call
from consortia.board import stages
from consortia.board.gaps import figures
from consortia.conflicts.reading import reading
from consortia.consortium.models import Consortium, Entry, Member
from consortia.declaration.deadline import closing
from consortia.declaration.models import Declaration
from consortia.declaration.readiness import checks
from consortia.filling.contents import selected, selection
from consortia.outcomes import shown
from consortia.outcomes.models import Outcome
from consortia.proposal.models import Proposal
from consortia.receipts import verifying
from consortia.receipts.models import Receipt
from consortia.recommendation.lists import as_pdf, lines
from consortia.recommendation.side_by_side import table
from consortia.reviewers.models import Reviewer
from consortia.sign_off import text, versions
from nccsi.demo.contents import calls
from nccsi.demo.logins import ADMINISTRATOR, CHAIR, LOGINS, OTHER_PARTNER, OTHER_REVIEWER, PARTNER, REVIEWER
from nccsi.demo.reading import moments
from tests.personas import give_second_factor, signed_in

# One worker copies the demo for all of them.
pytestmark = [pytest.mark.xdist_group("closed_call"), pytest.mark.django_db]
STAGES = {"interests": 6, "drafts": 1, "declared": 3, "recommended": 2, "submitted": 1}


@pytest.fixture
def call(demo_content: None, db: None) -> Call:
    found = calls.known(calls.PAST)
    assert found is not None
    return found


@pytest.fixture
def by_name(call: Call) -> dict[str, Consortium]:
    """By the first word of the name."""
    return {each.name.split()[0]: each for each in Consortium.objects.filter(call=call)}


def _client(email: str) -> Client:
    user = User.objects.get(email=email)
    if user.is_staff:
        give_second_factor(user)
    return signed_in(user)


def test_every_name_says_that_it_is_an_example(by_name: dict[str, Consortium]) -> None:
    assert len(by_name) == 4
    for each in by_name.values():
        assert "(voorbeeld)" in each.name or "(example)" in each.name
        assert set(each.summary) == set(dict(settings.LANGUAGES))
        assert all(re.search("voorbeeld|exemple|Beispiel|example", words) for words in each.summary.values())


def test_all_of_it_is_of_2023_but_the_last_step(call: Call) -> None:
    for each in Consortium.objects.filter(call=call):
        *rest, last = [(entry.at, entry.action) for entry in each.entries.order_by("pk")]
        assert rest == sorted(rest)
        assert {at.year for at, _action in rest} == {2023}
        assert last[1] == "share"
        assert abs(last[0] - each.changed_at) < timedelta(minutes=5), "so it is kept from now on"


def test_what_is_signed_is_what_stands(by_name: dict[str, Consortium]) -> None:
    for each in by_name.values():
        assert text.digest(text.canonical(each)) == versions.latest(each).digest
        assert all(standing.is_signed for standing in versions.standings(each))
        assert all(check.is_met for check in checks(each, versions.standings(each)))


def test_receipts_are_genuine_and_of_their_moment(call: Call, visitor: Client) -> None:
    receipts = [each.receipt for each in Declaration.objects.filter(consortium__call=call).select_related("receipt")]
    receipts += [each.receipt for each in Proposal.objects.filter(consortium__call=call).select_related("receipt")]
    assert len(receipts) == 6
    due = {each.governs: each.due_at for each in call.deadlines.all()}
    for each in receipts:
        verdict = verifying.by_number(each.number)
        assert verdict.code == verifying.Code.GENUINE
        assert verdict.attested is not None
        assert verdict.attested["time"].startswith("2023-1")
        assert each.at < due["declaration" if each.kind == Receipt.Kind.DECLARATION else "proposal"]
        assert visitor.get(reverse("consortia:receipt", args=[each.number])).status_code == 200
    assert [each.number for each in sorted(receipts, key=lambda each: each.at)] == sorted(
        each.number for each in receipts
    )


def test_the_second_proposal_counts(by_name: dict[str, Consortium]) -> None:
    made = by_name["Sociale"]
    last, first = made.proposals.select_related("declaration")
    assert list(Proposal.objects.counting().filter(consortium=made)) == [last]
    assert (first.number, last.number, last.declaration.ended_at) == (1, 2, None)
    for each in (first, last):
        slots = selected(made, each.selection)
        assert selection(slots) == each.selection
        assert [part.text for part in each.parts.select_related("text")] == [slot.version for slot in slots]
    assert not by_name["Paying"].proposals.exists()
    assert by_name["Paying"].fillings.exists()


def test_one_came_too_late(by_name: dict[str, Consortium]) -> None:
    late = by_name["De"]
    due = closing(late.call).due_at
    assert due is not None
    signed = Entry.objects.filter(consortium=late, action="confirm").latest("at")
    assert 0 < (signed.at - due).total_seconds() < 24 * 3600
    assert (late.status, late.declarations.count()) == ("draft", 0)


def test_one_conflict_is_lifted_and_one_is_not(by_name: dict[str, Consortium], call: Call) -> None:
    chair, own, other = (
        Reviewer.objects.get(call=call, user__email=each) for each in (CHAIR, REVIEWER, OTHER_REVIEWER)
    )
    lifted, blocked = (reading(other, by_name[name]) for name in ("Sociale", "Paying"))
    assert [(each.kind, each.blocks) for each in lifted.conflicts] == [("domain", False)]
    assert lifted.may_read
    assert [(each.kind, each.blocks) for each in blocked.conflicts] == [("domain", True)]
    assert all(
        reading(each, by_name[name]).may_read for each in (chair, own) for name in ("Sociale", "Paying", "Panels")
    )
    tables = {name: table(by_name[name]) for name in ("Sociale", "Paying", "Panels")}
    assert {name: each.counted for name, each in tables.items()} == {"Sociale": 2, "Paying": 1, "Panels": 2}
    assert not any(each.missing for each in tables.values())
    assert any(row.differs for row in tables["Sociale"].rows)


def test_all_were_told_at_one_moment(by_name: dict[str, Consortium], call: Call) -> None:
    told = {name: shown.outcome(each) for name, each in by_name.items()}
    assert {name: each.verdict for name, each in told.items() if each} == {
        "Sociale": Outcome.Verdict.RECOMMENDED,
        "Paying": Outcome.Verdict.CONDITIONS,
        "Panels": Outcome.Verdict.NOT,
    }
    moments_told = {each.released_at for each in told.values() if each}
    assert moments_told == {call.recommendations.at}
    assert call.recommendations.at.astimezone(moments.BRUSSELS).strftime("%m-%d") == "10-16"
    assert [line.stands for line in lines(call)] == [True] * 3
    assert as_pdf(call, call.recommendations).startswith(b"%PDF")


def test_every_figure_of_the_board_opens_its_list(call: Call) -> None:
    staff = _client(ADMINISTRATOR)
    assert staff.get(reverse("consortia_admin_board", args=[call.pk])).status_code == 200
    found = figures(call)
    assert {each.code: each.number for each in found} == STAGES
    for each in found:
        listed = staff.get(each.url).context["page_obj"].paginator.count
        assert listed == each.number, each.code
    for made in stages.drafts(call) | stages.declared(call):
        page = staff.get(reverse("consortia_admin_consortium", args=[made.uuid]))
        assert len(page.context["lines"]) > 5, "staff read the log"
    assert staff.get(reverse("consortia_admin_reviewing", args=[call.pk])).context["judgements"] == 5


@pytest.mark.parametrize("email", LOGINS)
def test_who_signs_in_reads_what_is_theirs(email: str, by_name: dict[str, Consortium], call: Call) -> None:
    reader = _client(email)
    assert reader.get(reverse("accounts:my_page")).status_code == 200
    seats = {CHAIR, REVIEWER, OTHER_REVIEWER}
    assert reader.get(reverse("consortia:reviews", args=[call.pk])).status_code == (200 if email in seats else 404)
    side_by_side = reverse("consortia:side_by_side", args=[by_name["Sociale"].uuid])
    assert reader.get(side_by_side).status_code == (200 if email in seats else 404)
    partners = {PARTNER: {"Sociale", "De"}, OTHER_PARTNER: {"Paying"}}.get(email, set())
    seen = {name for name, each in by_name.items() if reader.get(each.get_absolute_url()).status_code == 200}
    assert seen == partners


def test_the_page_says_in_four_languages_that_it_is_over(call: Call, visitor: Client) -> None:
    over = {"nl": "De oproep is afgesloten", "fr": "L’appel est clos", "de": "Der Aufruf ist abgeschlossen"}
    over["en"] = "The call is closed"
    pages = {page.locale.language_code: page for page in call.pages.live().select_related("locale")}
    assert set(pages) == set(over)
    for language, page in pages.items():
        answer = visitor.get(page.get_url()).content.decode()
        assert over[language] in answer
        change = call.changes.get()
        assert str(change.reason.localize(language)) in answer


def test_it_outlives_the_first_night(call: Call) -> None:
    """What nobody changes for two years is erased, and all of this lies longer back."""
    kept = (Consortium, Entry, Member, Declaration, Proposal, Receipt, Reviewer, Outcome, User)
    before = {model: model._default_manager.count() for model in kept}
    keeping.erase_what_is_due()
    assert {model: model._default_manager.count() for model in kept} == before
