"""A report is filled from a template, says what was known at its moment, and stays as it was published."""

import csv
import hashlib
import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from i18nfield.strings import LazyI18nString
from openpyxl import load_workbook

from accounts.users.models import User
from hub.dates.brussels import BRUSSELS
from hub.measures import registry
from hub.measures.counting import Value
from hub.measures.registry import Kind
from hub.vocabularies.models import Term
from monitoring.indicators.models import Indicator, Target
from monitoring.report_pages import files, reading
from monitoring.report_pages.screens import screen_url
from monitoring.reports import beginning, publishing, standing
from monitoring.reports.contents import canonical, contents
from monitoring.reports.models import Report, ReportPart, Template, TemplatePart
from monitoring.snapshots import correcting
from monitoring.snapshots.models import Snapshot
from partners.directory.measures import ORGANISATIONS
from tests.factories.hub import words
from tests.factories.monitoring import SINCE, UNTIL, by_hand, counted, entered, kept, report
from tests.facts import colleague
from tests.meanwhile import while_uncommitted
from tests.personas import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
BEFORE = SINCE - timedelta(days=1)


@pytest.fixture
def editor_person() -> User:
    return colleague("editor@example.org", "Editor")


@pytest.fixture
def editor(editor_person: User) -> Client:
    return signed_in(editor_person)


def _spring() -> Report:
    """With words, a figure that the portal counts, by sector, and one by hand."""
    indicator, own = counted(), by_hand(baseline=Decimal(3), baseline_on=date(2025, 1, 1))
    Target.objects.create(indicator=own, by=date(2027, 1, 1), figure=40)
    for day, government, business in ((BEFORE, 2, 1), (UNTIL, 5, 2)):
        kept(indicator, day, government + business)
        kept(indicator, day, government, breakdown="sector", key="government")
        kept(indicator, day, business, breakdown="sector", key="business")
    entered(own, date(2026, 2, 1), "12.5")
    return report(
        {"heading": "In short", "text": "We grew.\n\n=1+1 #let $x$ <b>bold</b>"},
        {"indicator": indicator, "breakdown": "sector"},
        {"heading": "Courses", "indicator": own},
    )


def _table(made: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(files.as_csv(made).removeprefix("\ufeff"))))


def _cells(made: Report) -> list[list[tuple[Any, ...]]]:
    book = load_workbook(BytesIO(files.as_xlsx(made).read()))
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


class TestFigures:
    def test_both_ends_of_the_period_and_what_changed(self) -> None:
        made = _spring()
        whole, government, business, own = _table(made)
        assert (whole["start_day"], whole["start_number"], whole["start_figure"]) == ("2025-12-31", "", "3")
        assert (whole["end_day"], whole["end_figure"], whole["change"]) == ("2026-03-31", "7", "4")
        assert [(row["key"], row["start_figure"], row["end_figure"]) for row in (government, business)] == [
            ("government", "2", "5"),
            ("business", "1", "2"),
        ]
        assert (own["start_figure"], own["end_day"], own["end_figure"]) == ("", "2026-02-01", "12.5")
        figure = reading.open_report(made).parts[2].figure
        assert figure
        assert figure.rows[0].cells[1].notes == ["of Sunday 1 February 2026"]
        assert figure.facts == [
            "Baseline: 3 (Wednesday 1 January 2025)",
            "Target: 40 (Friday 1 January 2027)",
            "Source: Annual report, https://example.org/report",
        ]

    def test_a_missed_day_gives_way_to_the_last_one_that_was_kept(self) -> None:
        kept(counted(), UNTIL - timedelta(days=2), 6)
        kept(counted(), UNTIL, reason="missed")
        assert _table(report({"indicator": counted()}))[0]["end_day"] == "2026-03-29"

    def test_a_share_and_a_median_are_never_averaged(self, monkeypatch: pytest.MonkeyPatch) -> None:
        share = replace(ORGANISATIONS, code="share", kind=Kind.HAPPENED, whole=ORGANISATIONS.records)
        median = replace(ORGANISATIONS, code="median", kind=Kind.HAPPENED, middle="pk")
        monkeypatch.setattr(registry, "_measures", {"share": share, "median": median})
        one, two = (Indicator.objects.create(code=code, area="reach", is_counted=True) for code in ("share", "median"))
        kept(one, BEFORE, 1, whole=10)
        kept(one, UNTIL, 4, whole=12)
        kept(two, BEFORE, 10, amount=Decimal(3))
        kept(two, UNTIL, 12, amount=Decimal("4.5"))
        made = report({"indicator": one}, {"indicator": two})
        first, second = _table(made)
        # Three of the two that came: late ones. What matters here is that it is counted from both numbers.
        assert (first["start_figure"], first["end_figure"]) == ("10", "33.3")
        assert (first["change"], first["change_number"], first["change_of"]) == ("150", "3", "2")
        assert (second["end_figure"], second["change"]) == ("4.5", "")

    def test_few_people_are_not_shown_nor_can_they_be_worked_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        people = replace(ORGANISATIONS, code="people", people=True)
        monkeypatch.setattr(registry, "_measures", {"people": people})
        indicator = Indicator.objects.create(code="people", area="reach", is_counted=True)
        kept(indicator, BEFORE, 20)
        kept(indicator, UNTIL, 30)
        for key, number in (("government", 20), ("business", 7), ("research", 3)):
            kept(indicator, UNTIL, number, breakdown="sector", key=key)
        made = report({"indicator": indicator, "breakdown": "sector"})
        rows = {row["key"]: (row["shown"], row["end_figure"]) for row in _table(made)}
        assert rows == {"": ("yes", "30"), "government": ("yes", "20"), "business": ("no", ""), "research": ("no", "")}
        assert '"7"' not in files.as_json(made).decode()
        # Two more than before: the start would tell of them.
        close = Indicator.objects.create(code="close", area="reach", is_counted=True)
        monkeypatch.setattr(registry, "_measures", {"people": people, "close": replace(people, code="close")})
        kept(close, BEFORE, 28)
        kept(close, UNTIL, 30)
        row = _table(report({"indicator": close}))[0]
        assert (row["start_figure"], row["end_figure"], row["change"]) == ("", "30", "")


class TestPublishing:
    def test_what_was_published_says_the_same_whatever_becomes_of_the_records(self, editor_person: User) -> None:
        made = _spring()
        assert publishing.publish(made, by=editor_person) is True
        made.refresh_from_db()
        before = (files.as_csv(made), _cells(made), files.as_json(made), made.digest)
        assert hashlib.sha256(files.as_json(made)).hexdigest() == made.digest

        with time_machine.travel(timezone.now() + timedelta(days=400), tick=False):
            Term.objects.filter(code="government").update(label=words("Renamed"))
            Indicator.objects.filter(code="own-trained").update(name=words("Renamed"), baseline=Decimal(99))
            Target.objects.all().delete()
            kept(counted(), UNTIL + timedelta(days=1), 99)
            entered(Indicator.objects.get(code="own-trained"), date(2026, 3, 1), "77", at=timezone.now())
            again = Report.objects.get(pk=made.pk)
            assert (files.as_csv(again), _cells(again), files.as_json(again), again.digest) == before
            assert standing.is_intact(again)
            # From what was kept, and not from what was written down: a figure of the period that came later is no part.
            assert standing.reads_the_same(again) is True

    def test_a_figure_that_was_corrected_since_is_marked_and_both_are_shown(
        self, editor_person: User, client: Client
    ) -> None:
        made = _spring()
        publishing.publish(made, by=editor_person)
        made.refresh_from_db()
        wrong = Snapshot.objects.whole().get(indicator=counted(), day=UNTIL)
        correcting.correct(wrong, value=Value(8), reason="One was hidden.", by=editor_person)
        page = client.get(made.get_absolute_url()).content.decode()
        assert "Figures were corrected since it was published" in page
        assert "<td>7<br><small" in page
        assert "8. One was hidden." in page
        row = _table(made)[0]
        assert (row["end_figure"], row["end_corrected"], row["end_reason"]) == ("7", "8", "One was hidden.")
        assert standing.is_intact(made)
        assert standing.reads_the_same(made) is True
        assert files.as_pdf(made).startswith(b"%PDF")

    def test_a_correction_before_publication_is_what_it_says(self, editor_person: User) -> None:
        made = _spring()
        wrong = Snapshot.objects.whole().get(indicator=counted(), day=UNTIL)
        correcting.correct(wrong, value=Value(8), reason="One was hidden.", by=editor_person)
        assert _table(made)[0]["end_figure"] == "8"
        Report.objects.filter(pk=made.pk).update(as_of=date(2026, 4, 2))
        made.refresh_from_db()
        assert _table(made)[0]["end_figure"] == "7"

    def test_twice_is_once(self, editor: Client, editor_person: User) -> None:
        made = _spring()
        address = reverse("monitoring_admin_publish_report", args=[made.pk])
        editor.post(address)
        first = Report.objects.get(pk=made.pk)
        editor.post(address)
        again = Report.objects.get(pk=made.pk)
        assert (first.published_at, first.digest, first.published_by) == (
            again.published_at,
            again.digest,
            editor_person,
        )

    @pytest.mark.parametrize(
        ("parts", "facts", "said"),
        [
            ([], {}, "Nothing is in it yet"),
            ([{"heading": "Nothing"}], {}, "Nothing is in it yet"),
            (
                [{"text": "Yes."}, {"heading": "Reach", "hint": "Whom?", "text": " "}],
                {},
                "written here: Reach",
            ),
            ([{"text": "Yes."}], {"until": date(2999, 1, 1)}, "The period is not over yet"),
            ([{"text": "Yes."}], {"as_of": date(2999, 1, 1)}, "still to come"),
        ],
    )
    def test_what_is_not_ready_stays_a_draft(
        self, editor: Client, parts: list[dict[str, Any]], facts: dict[str, Any], said: str
    ) -> None:
        made = report(*parts, **facts)
        answer = editor.post(reverse("monitoring_admin_publish_report", args=[made.pk]), follow=True)
        assert said in answer.content.decode()
        assert not Report.objects.public().exists()

    def test_nobody_alters_or_removes_it(self, editor: Client, editor_person: User) -> None:
        made = _spring()
        publishing.publish(made, by=editor_person)
        for change in (
            lambda: Report.objects.update(title="Other"),
            lambda: Report.objects.update(state="draft", content="", digest="", published_at=None),
            lambda: ReportPart.objects.update(text="Other"),
            lambda: ReportPart.objects.all().delete(),
            lambda: ReportPart.objects.create(report=made, text="More"),
            lambda: connection.cursor().execute("DELETE FROM monitoring_report"),
        ):
            with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
                change()
        edit = editor.get(reverse("wagtailsnippets_monitoring_report:edit", args=[made.pk]))
        assert (edit.status_code, edit["Location"]) == (302, screen_url(made))
        editor.post(reverse("wagtailsnippets_monitoring_report:delete", args=[made.pk]))
        assert Report.objects.public().exists()
        # Who published it may be forgotten, and a figure by hand may go; what it said stays.
        Indicator.objects.get(code="own-trained").delete()
        editor_person.delete()
        again = Report.objects.get(pk=made.pk)
        assert again.published_by is None
        assert standing.reads_the_same(again) is None
        assert "12.5" in files.as_csv(again)

    def test_a_correction_on_the_way_waits_and_is_no_part_of_it(self, set_up_anew: None) -> None:
        by = colleague("a@example.org", "A")
        made = _spring()
        wrong = Snapshot.objects.whole().get(indicator=counted(), day=UNTIL)
        correction = while_uncommitted(
            lambda: publishing.publish(made, by=by),
            lambda: correcting.correct(wrong, value=Value(8), reason="Late.", by=by),
        )
        made.refresh_from_db()
        assert made.known_at
        assert correction.at > made.known_at
        assert standing.reads_the_same(made) is True
        assert _table(made)[0]["end_figure"] == "7"

    def test_two_who_publish_at_once_publish_once(self, set_up_anew: None) -> None:
        by, made = colleague("a@example.org", "A"), _spring()
        assert (
            while_uncommitted(lambda: publishing.publish(made, by=by), lambda: publishing.publish(made, by=by)) is False
        )


class TestInAnotherLanguage:
    def test_a_copy_says_the_same_figures_with_the_words_of_its_language(
        self, editor: Client, editor_person: User, client: Client
    ) -> None:
        made = _spring()
        publishing.publish(made, by=editor_person)
        copy = reverse("monitoring_admin_copy_report", args=[made.pk])
        wrong = Snapshot.objects.whole().get(indicator=counted(), day=UNTIL)
        correcting.correct(wrong, value=Value(8), reason="One was hidden.", by=editor_person)
        for _time in range(2):
            editor.post(copy, {"language": "nl"})
        other = Report.objects.get(language="nl")
        assert next(part.text for part in other.parts.all()).startswith("We grew.")
        publishing.publish(other, by=editor_person)
        other.refresh_from_db()
        assert _table(other)[0]["end_figure"] == "7"
        assert _table(other)[0]["label"] != "In all" or not _translated()
        for wrong_language in ("nl", "en", "xx", ""):
            editor.post(copy, {"language": wrong_language})
        assert Report.objects.count() == 2
        # One address in each language: what is in none of the reader's is shown in the nearest, and said to be.
        with translation.override("nl"):
            assert reverse("reports:report", args=[made.family]) == other.get_absolute_url()
        assert other.digest in client.get(other.get_absolute_url()).content.decode()
        with translation.override("de"):
            page = client.get(reverse("reports:report", args=[made.family])).content.decode()
        assert made.digest in page
        assert 'lang="en"' in page
        maps = client.get("/sitemap-reports.xml").content.decode()
        assert other.get_absolute_url() in maps
        assert "/de/" not in maps

    def test_a_copy_of_a_draft_gets_the_moment_of_the_one_that_is_published_first(self, editor_person: User) -> None:
        made = _spring()
        other = beginning.copy(made, language="fr")
        publishing.publish(made, by=editor_person)
        publishing.publish(other, by=editor_person)
        first, second = Report.objects.order_by("pk")
        assert first.known_at == second.known_at


def _translated() -> bool:
    with translation.override("nl"):
        return translation.gettext("In all") != "In all"


class TestBeginning:
    def _template(self) -> Template:
        made = Template.objects.create(name=words("Quarter"))
        said = {
            "heading": LazyI18nString({"nl": "Bereik", "en": "Reach"}),
            "hint": LazyI18nString({"nl": "Wie?", "en": "Whom?"}),
        }
        TemplatePart.objects.create(template=made, sort_order=0, **said)
        TemplatePart.objects.create(template=made, sort_order=1, indicator=counted(), breakdown="sector")
        return made

    def test_a_report_has_the_parts_of_its_template_in_its_language(self, editor: Client) -> None:
        asked = {"template": self._template().pk, "title": "Lente", "language": "nl", "since": SINCE, "until": UNTIL}
        for _time in range(2):
            assert editor.post(reverse("monitoring_admin_begin_report"), asked).status_code == 302
        made = Report.objects.get()
        first, second = made.parts.all()
        assert (first.heading, first.hint, first.is_unfilled) == ("Bereik", "Wie?", True)
        assert (second.indicator, second.breakdown, second.is_unfilled) == (counted(), "sector", False)

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"until": "2025-01-01"}, "until"), ({"since": "x"}, "since"), ({"language": "xx"}, "language"),
            ({"template": "99999999"}, "template"), ({"title": ""}, "title"),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_said_at_its_field(self, editor: Client, wrong: dict[str, str], field: str) -> None:
        asked = {"template": self._template().pk, "title": "x", "language": "nl", "since": SINCE, "until": UNTIL}
        answer = editor.post(reverse("monitoring_admin_begin_report"), asked | wrong)
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [field]
        assert not Report.objects.exists()

    def test_a_breakdown_that_a_figure_is_not_kept_by_is_refused(self, editor: Client) -> None:
        facts = {
            "title": "x", "language": "en", "since": "2026-01-01", "until": "2026-03-31", "parts-TOTAL_FORMS": 1,
            "parts-INITIAL_FORMS": 0, "parts-0-indicator": by_hand().pk, "parts-0-breakdown": "sector",
            "parts-0-ORDER": 1,
        }  # fmt: skip
        add = reverse("wagtailsnippets_monitoring_report:add")
        assert "This figure is not kept by that" in editor.post(add, facts).content.decode()
        facts["parts-0-indicator"] = counted().pk
        assert editor.post(add, facts).status_code == 302
        assert Report.objects.get().parts.get().breakdown == "sector"


class TestPages:
    def test_a_draft_is_for_the_centre_alone(self, editor: Client, client: Client) -> None:
        made = _spring()
        kinds = ("pdf", "csv", "xlsx", "json")
        addresses = [made.get_absolute_url(), *(reverse("reports:file", args=[made.family, kind]) for kind in kinds)]
        for address in addresses:
            assert client.get(address).status_code == 404
            assert editor.get(address).status_code == 200
        assert "A draft: only the centre sees it." in editor.get(addresses[0]).content.decode()
        assert "Spring" not in client.get(reverse("reports:reports")).content.decode()

    def test_everybody_reads_what_is_published(self, client: Client, editor_person: User) -> None:
        made = _spring()
        publishing.publish(made, by=editor_person)
        made.refresh_from_db()
        listed = client.get(reverse("reports:reports")).content.decode()
        assert made.get_absolute_url() in listed
        page = client.get(made.get_absolute_url()).content.decode()
        assert made.digest in page
        assert "&lt;b&gt;bold&lt;/b&gt;" in page
        assert client.get(reverse("reports:file", args=[made.family, "pdf"]))["Content-Type"] == "application/pdf"
        content = client.get(reverse("reports:file", args=[made.family, "json"])).content
        assert hashlib.sha256(content).hexdigest() == made.digest
        assert json.loads(content)["parts"][0]["heading"] == "In short"
        assert client.get(reverse("reports:file", args=[made.family, "docx"])).status_code == 404

    def test_its_queries_do_not_grow_with_its_parts(
        self, client: Client, editor_person: User, django_assert_max_num_queries: Any
    ) -> None:
        own = counted()
        kept(own, UNTIL, 5)
        made = report(*({"heading": f"Part {number}", "indicator": own} for number in range(30)))
        publishing.publish(made, by=editor_person)
        client.get(made.get_absolute_url())
        with django_assert_max_num_queries(25):
            client.get(made.get_absolute_url())

    def test_what_staff_see_asks_no_more_for_many_parts_than_for_one(self, editor: Client) -> None:
        numbers = []
        own = counted()
        for day in (BEFORE, UNTIL):
            kept(own, day, 5)
        for many in (1, 12):
            made = report(*({"heading": f"Part {number}", "text": "x", "indicator": own} for number in range(many)))
            edit = reverse(Report.snippet_viewset.get_url_name("edit"), args=[made.pk])
            asked = []
            for address in (edit, screen_url(made)):
                assert editor.get(address).status_code == 200
                with CaptureQueriesContext(connection) as queries:
                    editor.get(address)
                asked.append(len(queries))
            numbers.append(asked)
        assert numbers[0] == numbers[1]

    def test_the_content_is_canonical(self) -> None:
        told = contents(_spring(), timezone.now().astimezone(BRUSSELS))
        assert json.loads(canonical(told)) == told
        assert canonical(told).startswith('{"format":"nccsi-report-1","known_at":"')
        assert told["known_at"].endswith("Z")
