"""What "my page" shows of the learning agenda: what one looks after, proposed, and is named for."""

from django.utils.translation import gettext as _

from accounts.profile.my_page import Section
from accounts.users.models import User
from learning.experts.models import Expert
from learning.questions.models import Question
from learning.voting.casting import may_vote_for
from learning.voting.rounds import open_now

_SHOWN = 20


def learning(user: User, language: str) -> Section | None:
    """Nothing for whom it does not concern."""
    own = list(Question.objects.public().owned_by(user).with_words().order_by("review_due", "-pk")[:_SHOWN])
    proposed = list(Question.objects.filter(proposed_by=user).with_words().order_by("-proposed_at", "-pk")[:_SHOWN])
    named = Expert.objects.filter(user=user, question__state__in=Question.PUBLIC).select_related("question")
    experts = list(named.prefetch_related("question__texts")[:_SHOWN])
    round_ = open_now()
    votes = may_vote_for(user) if round_ else []
    if not (own or proposed or experts or votes):
        return None
    facts = {
        "own": [(each, each.text_in(language)) for each in own],
        "proposed": [(each, each.text_in(language)) for each in proposed],
        "named": [(each, each.question.text_in(language)) for each in experts],
        "round": round_,
        "votes": votes[:_SHOWN],
    }
    return Section(_("Learning agenda"), "learning/my_page.html", facts)
