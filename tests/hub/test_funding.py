"""What the Union's money asks of every page cannot be emptied, and says the same twice."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, override
from i18nfield.strings import LazyI18nString

from hub.languages.names import language_name
from hub.site.models import SiteSettings
from tests.access.world import LANGUAGES

OTHER = "It does not say what the funding statement says in: Dutch, French, German, English."
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def refusals(site: SiteSettings) -> list[str]:
    try:
        site.full_clean()
    except ValidationError as error:
        return error.message_dict["disclaimer"]
    return []


def co_funded(code: str) -> str:
    with override(code):
        return gettext("Co-funded by the European Union")


def test_what_a_new_portal_says_is_taken() -> None:
    assert refusals(SiteSettings.objects.get()) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_it_is_there_in_every_language(code: str) -> None:
    site = SiteSettings.objects.get()
    site.disclaimer = LazyI18nString({**site.disclaimer.data, code: " "})
    assert refusals(site) == [
        f"The grant asks for a disclaimer in every language. Still missing: {language_name(code)}."
    ]


def test_nothing_at_all_is_refused() -> None:
    site = SiteSettings.objects.get()
    site.disclaimer = LazyI18nString("")
    (said,) = refusals(site)
    assert said.endswith("Dutch, French, German, English.")


def test_co_funded_is_not_called_funded_and_the_other_way_round() -> None:
    site = SiteSettings.objects.get()
    site.funding = SiteSettings.Funding.CO_FUNDED
    assert refusals(site) == [OTHER]
    site.disclaimer = LazyI18nString({code: f"{co_funded(code)}. Views are ours." for code in LANGUAGES})
    assert refusals(site) == []
    site.funding = SiteSettings.Funding.FUNDED
    assert refusals(site) == [OTHER]


def test_words_of_their_own_are_the_centre_s_to_choose() -> None:
    site = SiteSettings.objects.get()
    site.disclaimer = LazyI18nString(dict.fromkeys(LANGUAGES, "With support of the programme."))
    assert refusals(site) == []
