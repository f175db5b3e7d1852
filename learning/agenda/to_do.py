"""What waits for somebody about the learning agenda: an answer to be looked at again, a vote."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from accounts.profile.to_do import SHOWN, Task
from accounts.users.models import User
from hub.dates import brussels
from learning.after_events.asking import over, to_learn
from learning.questions.models import Question
from learning.voting.casting import may_vote_for
from learning.voting.models import Vote
from learning.voting.rounds import open_now

# So long before an answer is due those who own the question are reminded of it on their page.
AHEAD = timedelta(days=30)


def to_look_at(user: User, language: str) -> Iterator[Task]:
    """Answers that are due."""
    soon = timezone.localdate(timezone=brussels.BRUSSELS) + AHEAD
    due = Question.objects.unsettled().owned_by(user).filter(review_due__lte=soon).with_words()
    for question in due.order_by("review_due", "pk")[:SHOWN]:
        text = question.text_in(language)
        midnight = datetime.combine(question.review_due or soon, time(), brussels.BRUSSELS)
        yield Task(
            gettext("Look at an answer again"),
            _address("learning:answer", question.slug, language),
            brussels.last_minute(midnight),
            has_time=False,
            about=text.words if text else "",
        )


def to_vote(user: User, language: str) -> Iterator[Task]:
    """Organisations that have not voted in the round that is open."""
    round_ = open_now()
    if round_ is None:
        return
    own = may_vote_for(user)
    voted = set(
        Vote.objects.filter(round=round_, organisation__in=own, number__gt=0).values_list("organisation", flat=True)
    )
    for organisation in [each for each in own if each.pk not in voted][:SHOWN]:
        said = gettext("Vote which questions matter most")
        yield Task(
            said, _address("learning:vote_for", organisation.slug, language), round_.until, about=organisation.name
        )


def to_tell(user: User, language: str) -> Iterator[Task]:
    """What was learned at one's own events lately."""
    for event in over().filter(organisers=user)[:SHOWN]:
        for question in to_learn(event)[:SHOWN]:
            text = question.text_in(language)
            said = gettext("Say what was learned at “%(event)s”") % {"event": event}
            address = f"{_address('learning:answer', question.slug, language)}?event={event.uid}"
            yield Task(said, address, about=text.words if text else "")


def _address(name: str, slug: str, language: str) -> str:
    with override(language):
        return reverse(name, args=[slug])
