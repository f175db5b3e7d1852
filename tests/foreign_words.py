"""Words of another language than the one that a page, or a part of it, says to be in."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html.parser import HTMLParser

import polib
from django.conf import settings

from partners.organisations.models import Organisation
from practices.mainstreaming.models import HookStatus, StageMove
from practices.practice.models.practice import Practice
from practices.reuse.models.reuses import Reuse

# Practices that are called after themselves, and the call that pays for the network.
_NAMES = frozenset(
    {
        "Huizen van het Kind",
        "DUO for a JOB",
        "Design for Government",
        "National Competence Centres for Social Innovation: Building-up and Consolidating the Capacity",
    }
)

# Words that hold sentences together and that none of the other three languages has.
_TELLING = {
    "en": "the and with this that which for from are have has were their they your you by not been how who about "
    "when will if these those than there our where while",
    "nl": "het een van voor niet zijn wordt worden ook naar bij deze dit uit je jouw hoe wie heeft hebben aan maar "
    "geen onze werd tot zij om wat door welke daar waar hun",
    "fr": "le les et est une pour dans sur qui que avec pas vous votre vos sont au aux cette ses leur leurs ont été "
    "nous elle comme mais du",
    "de": "der das und ist nicht ein eine einen einer von zu mit auf für sich dem im werden wird auch sie sind nach "
    "bei über oder zum zur ihre ihr haben durch kann wurde",
}
_WORDS = {language: frozenset(words.split()) for language, words in _TELLING.items()}
_ADDRESS = re.compile(r"https?://\S+")
_WORD = re.compile(r"[^\W\d_]+")
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "br",
        "cite",
        "data",
        "dfn",
        "em",
        "i",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
# No program says the language of a window's title.
_SILENT = frozenset(["title", "script", "style", "code", "kbd", "samp", "pre", "textarea"])
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_SPOKEN = ("alt", "aria-label", "title", "placeholder")


class _Runs(HTMLParser):
    """What stands in each element, with the language that holds there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []
        self._text: list[str] = []

    @property
    def _language(self) -> str:
        return self._open[-1][1] if self._open else ""

    def _end_run(self) -> None:
        if text := " ".join("".join(self._text).split()):
            self.runs.append((self._language, text))
        self._text = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        language = given.get("lang", self._language)
        if tag not in _INLINE or language != self._language:
            self._end_run()
        self.runs += [(language, given[name]) for name in _SPOKEN if given.get(name)]
        if tag == "meta" and given.get("name") == "description":
            self.runs.append((language, given["content"]))
        if tag not in _VOID:
            self._open.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in {name for name, _language in self._open}:
            return
        while self._open:
            language = self._language
            outer = self._open[-2][1] if len(self._open) > 1 else ""
            if self._open[-1][0] not in _INLINE or outer != language:
                self._end_run()
            name, _said = self._open.pop()
            if name == tag:
                return

    def close(self) -> None:
        super().close()
        self._end_run()

    def handle_data(self, data: str) -> None:
        if not any(name in _SILENT for name, _language in self._open):
            self._text.append(data)


@cache
def _labels(language: str) -> frozenset[str]:
    """The interface's words in this language, those without a gap to fill in."""
    is_source = language == "en"
    catalog = polib.pofile(str(settings.BASE_DIR / f"locale/{'nl' if is_source else language}/LC_MESSAGES/django.po"))
    words = (each.msgid if is_source else each.msgstr for each in catalog)
    return frozenset(text for text in words if text and "%" not in text and "\n" not in text)


def _is_label_of_another(text: str, language: str) -> str:
    if text in _labels(language):
        return ""
    return next((other for other in _WORDS if other != language and text in _labels(other)), "")


def _is_sentence_in_another(text: str, language: str) -> str:
    found = [word.lower() for word in _WORD.findall(_ADDRESS.sub("", text))]
    counts = {other: sum(word in words for word in found) for other, words in _WORDS.items()}
    most = max(counts, key=lambda other: counts[other])
    return most if most != language and counts[most] >= 2 and counts[most] > counts[language] else ""


def foreign(html: str, names: Iterable[str] = ()) -> Iterator[str]:
    """Each run of words that is in another of the four languages than its element says, and which.

    What has a proper name (`names`) is called so in every language.
    """
    reader = _Runs()
    reader.feed(html)
    reader.close()
    called_so = frozenset(names)
    called = re.compile("|".join(re.escape(name) for name in sorted(called_so, key=len, reverse=True)) or "(?!)")
    for language, text in dict.fromkeys(reader.runs):
        if language not in _WORDS or text in called_so:
            continue
        other = _is_label_of_another(text, language)
        if not other and _is_sentence_in_another(text, language):
            # Names are many and sentences in another language few: only these are searched for names.
            other = _is_sentence_in_another(called.sub("", text), language)
        if other:
            yield f"{other} where {language} is said: {text[:160]}"


def proper_names() -> frozenset[str]:
    """Of organisations, owners and adopters in the database, and of what is called after itself."""
    lists = [
        Organisation.objects.values_list("name", flat=True),
        Practice.objects.values_list("owner_name", flat=True),
        Reuse.objects.values_list("adopter", flat=True),
        StageMove.objects.values_list("word", flat=True),
        HookStatus.objects.values_list("word", flat=True),
    ]
    return frozenset(name for names in lists for name in names if name) | _NAMES
