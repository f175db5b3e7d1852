"""A version of an answer as a reader gets it: in the nearest language, its first sentences for the top of a page."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from learning.answers.models import AnswerVersion

_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
SENTENCES = 2
_SHAPES = {"unknown": "not-judged", "signs": "signs", "fairly": "fairly", "sure": "met"}
LONGEST = 400


@dataclass(frozen=True)
class RestsOn:
    """What an answer rests on, as the reader can call it; with its page where there is one."""

    title: str
    url: str


@dataclass(frozen=True)
class Told:
    """What pages show of a version; `language` is set where its words are not in the reader's."""

    number: int
    text: str
    changed: str
    because: str
    language: str
    confidence: str
    confidence_code: str
    by: str
    organisation: str
    at: datetime
    evidence: list["RestsOn"]
    languages: list[str]

    @property
    def verdict(self) -> str:
        """The shape that stands beside the words for how sure it is."""
        return _SHAPES[self.confidence_code]

    @property
    def short(self) -> str:
        """Its first two sentences."""
        return first_sentences(self.text)

    @property
    def rest(self) -> str:
        """What comes after them."""
        return self.text[len(self.short) :].strip() if self.text.startswith(self.short) else self.text


def told(version: AnswerVersion, language: str) -> Told:
    """Prefetch the words and the evidence for lists."""
    text = version.text_in(language)
    return Told(
        number=version.number,
        text=text.text if text else "",
        changed=text.changed if text else "",
        because=text.because if text else "",
        language=text.language if text and text.language != language else "",
        confidence=str(version.get_confidence_display()),
        confidence_code=version.confidence,
        by=version.by.get_full_name() if version.by else "",
        organisation=version.organisation_name,
        at=version.at,
        evidence=[RestsOn(each.title_in(language), each.url) for each in version.evidence.all()],
        languages=sorted(each.language for each in version.texts.all()),
    )


def first_sentences(text: str) -> str:
    """The first two sentences of a text, as they stand there; cut where they are very long."""
    paragraph = text.strip().split("\n", 1)[0].strip()
    ends = [found.start() for found in _SENTENCE.finditer(paragraph)]
    short = paragraph[: ends[SENTENCES - 1]] if len(ends) >= SENTENCES else paragraph
    return short if len(short) <= LONGEST else f"{short[: LONGEST - 2].rsplit(' ', 1)[0]} …"


def current_of(questions: Iterable[int]) -> dict[int, AnswerVersion]:
    """The version that counts of each of these questions, by their keys; in two queries."""
    found = AnswerVersion.objects.current().filter(question__in=list(questions)).with_words().select_related("by")
    return {version.question_id: version for version in found.with_evidence()}
