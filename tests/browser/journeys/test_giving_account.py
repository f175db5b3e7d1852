"""Somebody reads a figure and a report on a phone, without a script: what a bar counts, another period, the files."""

import hashlib
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.stack import Stack
from tests.browser.visitor import press
from tests.browser.walk import TOO_WIDE

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis")]
# Two months of figures of what stands, and the code of what happens of which there are most records.
_KEPT = """
from datetime import timedelta
from django.utils import timezone
from hub.measures import counting, registry
from hub.measures.registry import Kind
from hub.measures.spans import Span
from monitoring.indicators.models import Indicator
from monitoring.snapshots.models import Snapshot
today = timezone.localdate()
standing = Indicator.objects.get(code="organisations")
for number, days in ((3, 70), (5, 35)):
    Snapshot.objects.get_or_create(
        indicator=standing, day=today - timedelta(days=days), correction=0, defaults={"number": number}
    )
shown = set(Indicator.objects.public().values_list("code", flat=True))
happened = [
    each for each in registry.all_measures()
    if each.kind is Kind.HAPPENED and each.is_open and not (each.whole or each.middle) and each.code in shown
]
values = counting.values(happened, Span(today, today.replace(day=1, month=1)))
print(max(values, key=lambda code: values[code].number) if values else "")
"""


@pytest.fixture
def page(browser: Browser, portal: Stack) -> Iterator[Page]:
    context = browser.new_context(
        base_url=portal.url, java_script_enabled=False, locale="en-GB", viewport={"width": 390, "height": 844}
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def test_from_all_figures_to_the_records_of_one_bar_and_another_period(page: Page, portal: Stack) -> None:
    happened = portal.in_django(_KEPT)
    page.goto("/en/")
    page.get_by_role("contentinfo").get_by_role("link", name="Figures").click()
    page.get_by_role("link", name="Organisations in the directory").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Organisations in the directory")
    trend = page.locator("svg.trend")
    expect(trend.locator(".trend__mark").first).to_be_visible()
    # As many rows as marks, with the same figures.
    table = page.get_by_role("region", name="Trend").get_by_role("table")
    expect(table.locator("tbody tr")).to_have_count(trend.locator(".trend__mark").count())
    assert not page.evaluate(TOO_WIDE)
    bar = page.locator("svg.bars a").first
    said = re.search(r"(\d+)$", str(bar.get_attribute("aria-label")))
    assert said is not None
    bar.click()
    expect(page.locator("#count")).to_have_text(re.compile(rf"^{said[1]} records?$"))
    expect(page.locator("main .figure-said")).to_have_count(min(int(said[1]), 50))
    assert not page.evaluate(TOO_WIDE)
    _another_period(page, happened)


def _another_period(page: Page, code: str) -> None:
    page.goto(f"/en/figures/{code}/")
    page.get_by_label("Compare with").select_option("year")
    press(page, "Show")
    period = page.get_by_role("region", name="A period")
    expect(period.locator("tbody tr")).to_have_count(2)
    figure = period.locator("tbody tr").first.get_by_role("cell").inner_text()
    assert not page.evaluate(TOO_WIDE)
    if link := period.locator("tbody tr").first.get_by_role("link").all():
        link[0].click()
        expect(page.locator("#count")).to_have_text(re.compile(rf"^{re.escape(figure.split(':')[0].strip())} record"))
        page.go_back()
    page.get_by_label("From", exact=True).fill("2026-02-02")
    page.get_by_label("To", exact=True).fill("2026-02-01")
    press(page, "Show")
    expect(page.get_by_text("The second day comes before the first. Choose a later one.")).to_be_visible()


def test_a_report_is_read_and_checked(page: Page) -> None:
    page.goto("/en/")
    page.get_by_role("contentinfo").get_by_role("link", name="Figures").click()
    page.get_by_role("link", name="Reports").first.click()
    page.locator(".row__title a").first.click()
    facts = page.get_by_role("complementary", name="Facts")
    expect(facts).to_contain_text("SHA-256")
    assert not page.evaluate(TOO_WIDE)
    files = {
        name: page.context.request.get(str(facts.get_by_role("link", name=name).get_attribute("href")))
        for name in ("Print it (PDF)", "XLSX", "CSV", "JSON")
    }
    assert {name: file.status for name, file in files.items()} == dict.fromkeys(files, 200)
    assert files["Print it (PDF)"].body().startswith(b"%PDF")
    assert hashlib.sha256(files["JSON"].body()).hexdigest() == facts.locator(".report-digest").inner_text()
