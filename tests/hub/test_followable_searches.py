"""Which searches may be followed: their words stand in mail to an address that anybody may have typed."""

from urllib.parse import urlencode

import pytest

from hub.saved_searches.lists import may_be_followed


@pytest.mark.parametrize(
    "words",
    [
        "evil.com",
        "evil\u3002com",
        "evil\uff0ecom",
        "evil\uff61com",
        "evil\u200b.\u200bcom",
        "evil.\u00adcom",
        "a\uff20b",
    ],
)
def test_nothing_that_a_mail_program_makes_a_link_of(words: str) -> None:
    assert not may_be_followed(urlencode({"q": words}))


def test_words_may() -> None:
    assert may_be_followed(urlencode({"q": "wonen in 1.5 km, St. Vith"}))
