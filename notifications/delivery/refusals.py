"""Whose fault it is when a mail server does not take a mail: what it said, in which stage, and how a rule is read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """How far the conversation had come."""

    CONNECT = "connect"
    EHLO = "EHLO"
    AUTH = "AUTH"
    MAIL = "MAIL FROM"
    RCPT = "RCPT TO"
    DATA = "DATA"


class Verdict(StrEnum):
    """What an answer says."""

    ADDRESS_DEAD = "the receiver's address is dead"
    MAIL_REFUSED = "the receiver refuses this mail"
    WE_ARE_REFUSED = "we are refused"
    LATER = "later"


# It opens a line (RFC 2034), stands in brackets behind qmail's words, or follows the code in an answer that is quoted;
# what looks alike in the middle of a sentence is an address or a version.
_ENHANCED = re.compile(
    r"(?m)^[ \t]*(?:\d{3}[ -])?#?([245]\.\d{1,3}\.\d{1,3})(?![.\d])"
    r"|\(#([245]\.\d{1,3}\.\d{1,3})\)|\b[45]\d\d[ -]#?([45]\.\d{1,3}\.\d{1,3})(?![.\d])"
)
_ADDRESS = re.compile(r"\S+@\S+")


@dataclass(frozen=True)
class Answer:
    """What a server said, in which stage; `code` is 0 when it said nothing."""

    stage: Stage
    code: int
    words: str

    def __str__(self) -> str:
        return f"{self.code} {self.words}" if self.code else self.words

    @property
    def enhanced(self) -> str:
        """The enhanced code (RFC 3463), such as "5.1.1"; empty when there is none."""
        found = _ENHANCED.search(self.words)
        return next(filter(None, found.groups())) if found else ""

    @property
    def sentence(self) -> str:
        """The words in one line, without addresses: `dkim@example.org` is nobody's fault."""
        return " ".join(_ADDRESS.sub("@", self.words).split())


@dataclass(frozen=True)
class Rule:
    """One row: an answer fits when each part that is given does. `codes`, `enhanced` and `words` are patterns.

    `bare` rows fit only answers without an enhanced code. `everything`: the answer speaks of all that we send, and not
    only of the mail to one domain.
    """

    means: str
    verdict: Verdict
    source: str
    stages: frozenset[Stage]
    codes: str = "..."
    enhanced: str = ""
    words: tuple[str, ...] = ()
    bare: bool = False
    everything: bool = False

    def fits(self, answer: Answer) -> bool:
        """Whether this row speaks of that answer."""
        if answer.stage not in self.stages or not re.fullmatch(self.codes, f"{answer.code:03}"):
            return False
        said = answer.enhanced
        if (self.bare and said) or (self.enhanced and not re.fullmatch(self.enhanced, said)):
            return False
        sentence = answer.sentence
        return not self.words or any(re.search(pattern, sentence, re.IGNORECASE) for pattern in self.words)


def judge(answer: Answer, table: Iterable[Rule]) -> Rule:
    """The first row that fits; the last one of the table fits everything."""
    return next(rule for rule in table if rule.fits(answer))
