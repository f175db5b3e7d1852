"""What waits for staff about organisations: each number is that of its list, and what was decided stays decided."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.day.work import counted
from partners.claims import deciding
from partners.claims.models import Claim
from partners.duplicates import finding
from partners.duplicates.finding import find
from partners.duplicates.models import ComparedName, LikelyPair
from partners.organisations.models import Organisation
from partners.tasks import find_likely_duplicates
from partners.to_do.work import about_organisations
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory
from tests.partners.people import text
from tests.personas import signed_in

pytestmark = pytest.mark.django_db
TO_DO = "/admin/partners/to-do/"


def _pairs(**narrowed: Any) -> set[frozenset[str]]:
    rows = LikelyPair.objects.filter(**narrowed).select_related("first", "second")
    return {frozenset([row.first.name, row.second.name]) for row in rows}


def _decide(client: Client, pair: LikelyPair, two: str) -> int:
    answer = client.post(reverse("partners_admin_decide_pair", args=[pair.pk]), {"two": two})
    return answer.status_code


class TestLikelyDuplicates:
    def test_by_website_and_by_name(self) -> None:
        OrganisationFactory.create(name="Bread and Roses", website="https://www.bread.example/about")
        OrganisationFactory.create(name="The Bakery", website="http://bread.example", status="hidden")
        OrganisationFactory.create(name="House of Ideas")
        OrganisationFactory.create(name="The House of Ideas", status="proposed")
        OrganisationFactory.create(name="Something else", website="https://else.example")
        assert find() == 2
        expected = {frozenset(["Bread and Roses", "The Bakery"]), frozenset(["House of Ideas", "The House of Ideas"])}
        assert _pairs() == expected
        assert _pairs(same_domain=True) == {frozenset(["Bread and Roses", "The Bakery"])}

    def test_a_platform_is_no_home(self) -> None:
        for number in range(finding.MOST_AT_HOME + 1):
            OrganisationFactory.create(name=f"{chr(65 + number) * 9}", website=f"https://platform.example/{number}")
        for name in ("Alpha", "Omega"):
            OrganisationFactory.create(name=name, website="https://gmail.com")
        assert find() == 0

    def test_what_staff_said_is_remembered_and_can_be_taken_back(self, editor: Client, editor_user: Any) -> None:
        for name in ("City of Antwerp", "City of Antwerpen"):
            OrganisationFactory.create(name=name)
        find()
        pair = LikelyPair.objects.get()
        assert "City of Antwerpen" in text(editor.get(TO_DO))
        for _time in range(2):
            assert _decide(editor, pair, "1") == 302
        pair.refresh_from_db()
        assert pair.two_by == editor_user
        find_likely_duplicates()
        assert LikelyPair.objects.get().two_at == pair.two_at
        assert "City of Antwerpen" not in text(editor.get(TO_DO))
        assert "City of Antwerpen" in text(editor.get(f"{TO_DO}?decided"))
        _decide(editor, pair, "0")
        assert "City of Antwerpen" in text(editor.get(TO_DO))

    def test_what_no_longer_resembles_goes_and_nothing_is_written_anew(self) -> None:
        one, other = (
            OrganisationFactory.create(name="Bread and Roses"),
            OrganisationFactory.create(name="Bread & Roses"),
        )
        find()
        before = LikelyPair.objects.get()
        find()
        assert LikelyPair.objects.get().found_at == before.found_at
        Organisation.objects.filter(pk=other.pk).update(name="Something else")
        find()
        assert not LikelyPair.objects.exists()
        Organisation.objects.filter(pk=one.pk).update(name="Something else")
        find()
        assert LikelyPair.objects.get().likeness == 1

    def test_the_likeliest_wait_first_and_no_more_than_so_many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("House of Ideas", "House of Ideas", "House of Idea"):
            OrganisationFactory.create(name=name)
        monkeypatch.setattr(finding, "MOST", 1)
        assert find() == 1
        assert LikelyPair.objects.get().likeness == 1
        LikelyPair.objects.update(two_at="2027-01-01T12:00Z")
        assert find() == 1
        assert LikelyPair.objects.undecided().count() == 1, "once these are decided, the others follow"

    def test_only_names_that_are_new_or_changed_are_compared(self) -> None:
        one = OrganisationFactory.create(name="Bread and Roses")
        other = OrganisationFactory.create(name="Bread & Roses")
        assert find() == 1
        LikelyPair.objects.all().delete()
        assert find() == 0, "both were compared already"
        Organisation.objects.filter(pk=other.pk).update(name="Bread und Roses")
        assert find() == 1, "whatever program renames it"
        assert _pairs() == {frozenset(["Bread and Roses", "Bread und Roses"])}
        third = OrganisationFactory.create(name="Bread and Roses")
        assert find() == 3
        Organisation.objects.filter(pk=third.pk).delete()
        assert find() == 1
        assert set(ComparedName.objects.values_list("organisation", flat=True)) == {one.pk, other.pk}

    def test_what_found_no_place_is_looked_for_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("House of Ideas", "House of Ideas", "Bread and Roses", "Bread & Roses", "Alone"):
            OrganisationFactory.create(name=name)
        monkeypatch.setattr(finding, "MOST", 1)
        for _time in range(3):
            assert find() == 1
        assert LikelyPair.objects.get().likeness == 1
        monkeypatch.setattr(finding, "MOST", 2)
        assert find() == 2
        assert find() == 2
        assert ComparedName.objects.count() == 5

    def test_only_staff_decide(self, client: Client) -> None:
        for name in ("City of Antwerp", "City of Antwerpen"):
            OrganisationFactory.create(name=name)
        find()
        pair = LikelyPair.objects.get()
        for other in (client, signed_in(UserFactory.create())):
            assert other.get(TO_DO).status_code in {302, 403}
            assert _decide(other, pair, "1") in {302, 403}
        assert LikelyPair.objects.undecided().exists()


def _listed(client: Client, url: str) -> int:
    found: int = client.get(url).context["page_obj"].paginator.count
    return found


def test_each_number_is_that_of_the_list_behind_it(editor: Client, editor_user: Any) -> None:
    OrganisationFactory.create_batch(3)
    OrganisationFactory.create_batch(2, status="proposed")
    changed = OrganisationFactory.create()
    deciding.verify(changed, how="staff", by=editor_user)
    Organisation.objects.filter(pk=changed.pk).update(name="Renamed")
    Claim.objects.create(organisation=changed, user=UserFactory.create(), position="x")
    with translation.override("en"):
        found = counted(about_organisations())
    numbers = {each.line.label: each.number for each in found}
    assert numbers == {
        "Claims that wait": 1,
        "Organisations that were proposed": 2,
        "Changed since they were verified": 1,
        "Likely duplicates": 0,
        "Never verified": Organisation.objects.filter(verified_at=None).count(),
    }
    for each in found:
        if "#" not in each.line.url:
            assert _listed(editor, each.line.url) == each.number, each.line.label
    assert "Never verified" in text(editor.get("/admin/"))


def test_as_many_queries_for_one_as_for_many(editor: Client) -> None:
    counts = []
    for more in (2, 30):
        for _number in range(more):
            OrganisationFactory.create(name="House of Ideas", website="")
        find()
        with CaptureQueriesContext(connection) as queries:
            editor.get(TO_DO)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25
    with CaptureQueriesContext(connection) as queries:
        counted(about_organisations())
    assert len(queries) == 1
