"""Answers as servers give them, and whose fault each is."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from notifications.delivery.conversation import said
from notifications.delivery.refusal_table import TABLE
from notifications.delivery.refusals import Answer, Rule, Stage, Verdict, judge

VERDICTS = {
    "dead": Verdict.ADDRESS_DEAD,
    "this mail": Verdict.MAIL_REFUSED,
    "us": Verdict.WE_ARE_REFUSED,
    "later": Verdict.LATER,
}
DEAD = Verdict.ADDRESS_DEAD


def _answers() -> Iterator[tuple[Stage, int, str, Verdict]]:
    for line in (Path(__file__).parent / "answers.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            verdict, stage, code, words = (part.strip() for part in line.split("|", 3))
            yield Stage[stage], int(code), words.replace("\\n", "\n"), VERDICTS[verdict]


ANSWERS = list(_answers())


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
@pytest.mark.parametrize(("stage", "code", "words", "verdict"), ANSWERS)
def test_whose_fault_it_is(stage: Stage, code: int, words: str, verdict: Verdict, encoding: str) -> None:
    for written in (words, words.upper()):
        rule = judge(Answer(stage, code, said(written.encode(encoding))), TABLE)
        assert rule.verdict == verdict, rule.means


def test_there_are_many_of_each_kind() -> None:
    counted = Counter(verdict for _stage, _code, _words, verdict in ANSWERS)
    assert len(ANSWERS) > 100
    assert min(counted[verdict] for verdict in Verdict) >= 15


@pytest.mark.parametrize("code", ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"])
def test_these_codes_say_that_an_address_is_dead_and_no_others(code: str) -> None:
    assert judge(Answer(Stage.RCPT, 550, f"{code} Something"), TABLE).verdict == DEAD
    subjects = [f"5.{subject}.{detail}" for subject in range(8) for detail in [*range(40), 57, 90, 700, 708]]
    dead = {each for each in subjects if judge(Answer(Stage.RCPT, 550, f"{each} Something"), TABLE).verdict == DEAD}
    assert dead == {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"}


# What each code says by itself: servers are told to use words of their own, in any language (RFC 3463, 2).
OURS = {
    *("5.1.7", "5.1.8", "5.1.90", "5.4.5", "5.7.57", "5.7.60", "5.7.232", "5.7.233", "5.7.506", "5.7.750"),
    *(f"5.7.{detail}" for detail in (*range(20, 31), *range(501, 504), *range(507, 512), 513, 515)),
    *(f"5.7.{detail}" for detail in (*range(606, 650), *range(700, 703), *range(704, 750))),
}
OF_THIS_HOUR = {"5.2.2", "5.2.121", "5.2.122"}


def test_codes_alone_say_that_we_are_meant_or_that_it_is_for_later() -> None:
    details = [*range(40), 57, 60, 90, 121, 122, *range(231, 235), *range(500, 760)]
    found = {
        code: judge(Answer(Stage.RCPT, 550, f"{code} Etwas"), TABLE).verdict
        for code in (f"5.{subject}.{detail}" for subject in range(8) for detail in details)
    }
    assert {code for code, verdict in found.items() if verdict is Verdict.WE_ARE_REFUSED} == OURS
    assert {code for code, verdict in found.items() if verdict is Verdict.LATER} == OF_THIS_HOUR


@pytest.mark.parametrize("code", ["5.7.1", "5.4.1", "5.2.1", "5.0.0"])
def test_words_that_an_address_is_dead_count_only_without_a_code(code: str) -> None:
    """A server that has a code for it would have given that; one that blocks somebody often writes the same words."""
    assert judge(Answer(Stage.RCPT, 550, "User unknown"), TABLE).verdict == DEAD
    assert judge(Answer(Stage.RCPT, 550, f"{code} User unknown"), TABLE).verdict == Verdict.MAIL_REFUSED


@pytest.mark.parametrize("stage", [Stage.CONNECT, Stage.EHLO, Stage.AUTH, Stage.MAIL])
def test_nothing_that_was_said_before_a_receiver_was_named_blames_one(stage: Stage) -> None:
    for _stage, code, words, _verdict in ANSWERS:
        assert judge(Answer(stage, code, words), TABLE).verdict != DEAD


def test_a_code_in_the_middle_of_a_sentence_is_none() -> None:
    assert Answer(Stage.RCPT, 550, "blocked, see 5.1.1 below").enhanced == ""
    assert Answer(Stage.RCPT, 550, "5.1.1.1 is our address").enhanced == ""
    assert Answer(Stage.RCPT, 550, "first line\n#5.1.1 second").enhanced == "5.1.1"


def test_the_documents_tell_the_table() -> None:
    page = (settings.BASE_DIR / "docs" / "reliability.md").read_text()
    told = re.findall(r"(?m)^\| ([A-Z][^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", page.partition("## Refusals")[2])
    assert told == [_line(rule) for rule in TABLE]


def _line(rule: Rule) -> tuple[str, str, str, str]:
    stages = "any" if len(rule.stages) == len(Stage) else ", ".join(each.value for each in Stage if each in rule.stages)
    wide = " (all our mail)" if rule.everything else ""
    return rule.means, f"{rule.verdict}{wide}", stages, rule.source
