"""What the rules of the Union's money ask of every page: the emblem, who funds, and a disclaimer that says the same.

Regulation (EU) 2021/1060, article 50 and Annex IX; the disclaimer is that of the grant agreement.
"""

from django.conf import settings
from django.utils.translation import gettext, override
from i18nfield.strings import LazyI18nString

from hub.languages.names import language_name


def faults(disclaimer: LazyI18nString | str, *, is_co_funded: bool) -> list[str]:
    """What is wrong with the disclaimer, in sentences: it stands in every language, beside the statement."""
    written = {code: _in(disclaimer, code) for code, _name in settings.LANGUAGES}
    missing = [code for code, words in written.items() if not words]
    other = [code for code, words in written.items() if _says_the_other(words, code, is_co_funded=is_co_funded)]
    told = (
        (gettext("The grant asks for a disclaimer in every language. Still missing: %(languages)s."), missing),
        (gettext("It does not say what the funding statement says in: %(languages)s."), other),
    )
    return [said % {"languages": ", ".join(map(language_name, codes))} for said, codes in told if codes]


def _in(disclaimer: LazyI18nString | str, code: str) -> str:
    words = disclaimer.data if isinstance(disclaimer, LazyI18nString) else disclaimer
    return str(words.get(code) or "").strip() if isinstance(words, dict) else str(words or "").strip()


def _says_the_other(words: str, code: str, *, is_co_funded: bool) -> bool:
    """Whether it speaks of funding where the statement says co-funding, or the other way round."""
    with override(code):
        co_funded, funded = gettext("Co-funded by the European Union"), gettext("Funded by the European Union")
    said = _plain(words)
    says_co_funded = _plain(co_funded) in said
    # In most languages the shorter words stand in the longer ones.
    says_funded = _plain(funded) in said.replace(_plain(co_funded), "")
    return says_funded if is_co_funded else says_co_funded


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("’", "'").split())
