import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from hub.pages.models import StandardPage
from tests.factories.hub import add_page

pytestmark = pytest.mark.django_db


def test_pages_sent_for_translation_become_drafts_and_the_tree_keeps_count(
    editor: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    above = add_page(title="Above")
    add_page(above, title="Below")
    french = Locale.objects.get(language_code="fr")

    asked = {"locales": [french.pk], "include_subtree": "on"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = editor.post(f"/admin/localize/submit/page/{above.pk}/", asked)

    translations = StandardPage.objects.filter(locale=french)
    assert answer.status_code == 302
    assert {page.title: page.live for page in translations} == {"Above": False, "Below": False}
    assert not any(Page.find_problems())


@pytest.mark.parametrize("languages", [["fr"], ["de", "fr"]], ids=["one", "several"])
def test_sending_it_leads_into_the_first_translation(editor: Client, languages: list[str]) -> None:
    """Wherever the editor came from."""
    page = add_page(title="Above")
    locales = Locale.objects.filter(language_code__in=languages)
    address = f"/admin/localize/submit/page/{page.pk}/?next=/admin/pages/{page.pk}/"
    answer = editor.post(address, {"locales": [each.pk for each in locales]})
    first = StandardPage.objects.get(locale=locales.order_by("pk").first())
    assert answer["Location"] == f"/admin/pages/{first.pk}/edit/"
    assert editor.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("Straße", "strasse"),
        ("Łódź et l’œuvre", "lodz-et-loeuvre"),
        ("София", "sofiya"),
        ("a-plain-slug", "a-plain-slug"),
        ("„…“", "titel-mit-strassen"),
    ],
)
def test_the_slug_of_a_translated_page_keeps_its_letters(
    typed: str, slug: str, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    german = Locale.objects.get(language_code="de")
    source, _new = TranslationSource.get_or_create_from_instance(add_page(title="Streets"))
    asked = Translation.objects.create(source=source, target_locale=german)
    for segment in StringSegment.objects.filter(source=source):
        words = typed if segment.context.path == "slug" else "Titel mit Straßen"
        StringTranslation.objects.create(
            translation_of=segment.string, locale=german, context=segment.context, data=words
        )
    with django_capture_on_commit_callbacks(execute=True):
        asked.save_target(publish=True)
    assert StandardPage.objects.get(locale=german).slug == slug


def test_two_translated_pages_do_not_share_a_slug(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    german = Locale.objects.get(language_code="de")
    for number in range(2):
        source, _new = TranslationSource.get_or_create_from_instance(
            add_page(title=f"Streets {number}", slug=f"streets-{number}")
        )
        asked = Translation.objects.create(source=source, target_locale=german)
        segment = StringSegment.objects.get(source=source, context__path="slug")
        StringTranslation.objects.create(
            translation_of=segment.string, locale=german, context=segment.context, data="Straße"
        )
        with django_capture_on_commit_callbacks(execute=True):
            asked.save_target(publish=True)
    assert set(StandardPage.objects.filter(locale=german).values_list("slug", flat=True)) == {"strasse", "strasse-1"}
