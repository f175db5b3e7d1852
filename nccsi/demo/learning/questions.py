"""The learning agenda: questions with what is answered so far, a round of votes that is over and one that runs."""

from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from accounts.users.models import User
from events.agenda.models import Event
from hub.pages import slugs
from hub.vocabularies.models import Vocabulary
from learning.answers.writing import Draft, Words, write
from learning.questions.keeping import Facts, entrust, plan
from learning.questions.models import Question
from learning.questions.proposing import put
from learning.voting import rounds
from learning.voting.casting import cast
from learning.voting.models import Round
from nccsi.demo.contents import events
from nccsi.demo.contents.people import person
from nccsi.demo.logins import OTHER_PARTNER, PARTNER
from nccsi.demo.reading import words
from nccsi.demo.reading.terms import Terms
from partners.organisations.models import Organisation
from practices.practice.models.practice import Practice

FILE = "questions.toml"
LANGUAGE = "en"
# The workshop that was, at which the first question was on the table.
AT_THE_TRIAL = "money"


def load(terms: Terms, records: list[Model], *, by: User) -> int:
    """Puts those that are missing; what somebody wrote since stays. Votes only where there was none before."""
    practices = {practice.slug: practice for practice in Practice.objects.all()}
    told = words.read(FILE)
    known = dict(Question.objects.values_list("slug", "pk"))
    missing = [facts for facts in told["question"] if _slug(facts) not in known]
    records.extend(_put(facts, terms, practices, by=by) for facts in missing)
    if missing and not Round.objects.exists():
        _vote(told, by=by)
    return len(missing)


def _slug(facts: dict[str, Any]) -> str:
    """Of its first words: those may change later, the address does not."""
    return slugs.stem_of(facts["words"][LANGUAGE], longest=80, otherwise="")


def _put(facts: dict[str, Any], terms: Terms, practices: dict[str, Practice], *, by: User) -> Question:
    about = [
        *terms.several(Vocabulary.THEME, facts["themes"]),
        *terms.several(Vocabulary.TARGET, facts["targets"]),
    ]
    question = put(
        words=words.spoken(facts["words"]),
        why=words.spoken(facts["why"]),
        original_language=LANGUAGE,
        by=by,
        terms=about,
    )
    asked = timezone.now() - timedelta(weeks=facts["answers"][0]["weeks"] + 2)
    step = words.label(facts["next_step"])
    Question.objects.filter(pk=question.pk).update(proposed_at=asked, decided_at=asked, next_step=step)
    today = timezone.localdate()
    trial: Event | None = events.known(events.TRIAL) if facts["key"] == AT_THE_TRIAL else None
    planned = Facts(
        next_step=facts["next_step"][LANGUAGE],
        next_step_on=today + timedelta(weeks=facts["next_step_weeks"]),
        review_due=today + timedelta(weeks=26),
        terms=about,
        practices=[practices[slug] for slug in facts["practices"]],
        events=[trial] if trial else [],
    )
    plan(question, planned, language=LANGUAGE, by=by)
    if "owner" in facts:
        owner = Organisation.objects.get(slug=facts["owner"])
        entrust(question, person=None, organisation=owner, by=by)
    for number, answer in enumerate(facts["answers"]):
        _answer(question, answer, practices, number=number, by=by)
    return question


def _answer(
    question: Question, answer: dict[str, Any], practices: dict[str, Practice], *, number: int, by: User
) -> None:
    mark = words.read(FILE)["mark"]
    said = answer["text"]
    draft = Draft(
        # The first of them is the language in which it was written.
        words={
            code: Words(
                f"{said[code].strip()}\n\n{mark[code]}",
                changed=answer.get("changed", {}).get(code, ""),
                because=answer.get("because", {}).get(code, ""),
            )
            for code in sorted(said, key=lambda code: code != LANGUAGE)
        },
        confidence=answer["confidence"],
        practices=[practices[slug] for slug in answer["practices"]],
        language=LANGUAGE,
    )
    write(question, draft, was=number, by=by, at=timezone.now() - timedelta(weeks=answer["weeks"]))


def _vote(told: dict[str, Any], *, by: User) -> None:
    """The first round is closed at once, and then told as it would have been some weeks ago."""
    now, weeks = timezone.now(), told["round"]
    questions = {facts["key"]: Question.objects.get(slug=_slug(facts)) for facts in told["question"]}
    people = {"partner": person(PARTNER), "other partner": person(OTHER_PARTNER)}
    first = rounds.open_round(until=now + timedelta(weeks=1), by=by)
    for vote in told["vote"]:
        organisation = Organisation.objects.get(slug=vote["organisation"])
        chosen = [questions[key] for key in vote["questions"]]
        cast(first, organisation=organisation, questions=chosen, by=people[vote["by"]], was=0)
    rounds.close(first, by=by)
    opened, closed = (now - timedelta(weeks=weeks[name]) for name in ("opened", "closed"))
    first.votes.update(at=opened + timedelta(days=3))
    Round.objects.filter(pk=first.pk).update(opened_at=opened, until=closed, closed_at=closed)
    rounds.open_round(until=now + timedelta(weeks=weeks["open_for"]), by=by)
