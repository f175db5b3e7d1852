"""What each figure counts, told once more without a query: every row read, and asked in Python whether it counts."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from statistics import median
from typing import Any

from django.db import models
from django.utils import timezone
from wagtail.models import Page

from accounts.users.models import User
from calls.chain.changes import DeadlineChange
from calls.chain.models import Call
from calls.questions.models import Question as CallQuestion
from consortia.consortium.models import Consortium
from consortia.declaration.models import Declaration
from consortia.interest.models import Interest
from consortia.introductions.models import Introduction
from consortia.proposal.models import Proposal
from events.agenda.models import Event
from events.door.models import WalkIn
from events.moving.models import EventChange
from events.seats.models import Registration
from hub.measures.registry import Breakdown, Kind, Measure
from hub.measures.spans import Span
from hub.newsletter.models import Digest
from learning.answers.models import AnswerVersion
from learning.experience.models import Experience
from learning.experts.models import Expert
from learning.notes.pages import NotePage
from learning.questions.models import Question
from notifications.outbox.models import Message
from notifications.subscriptions.models import Subscription
from partners.claims.models import Claim
from partners.exchange.models import Notice
from partners.organisations.models import Organisation
from practices.mainstreaming.models import PolicyHook, StageMove
from practices.practice.models.practice import Practice
from practices.reuse.models.reuses import Reuse
from practices.reuse.models.rows import ReuseCheck
from practices.submissions.models import Submission

# Whether a row counts, given the days.
Test = Callable[[Any, Span], Any]


def _in(span: Span, moment: datetime | None) -> bool:
    return moment is not None and moment < span.end and (span.start is None or moment >= span.start)


def _on(span: Span, day: date) -> bool:
    return day <= span.until and (span.since is None or day >= span.since)


def _public(pages: Iterable[Page]) -> bool:
    return any(page.live and not page.get_view_restrictions().exists() for page in pages)


def _practice(row: Any, span: Span) -> bool:
    return bool(row.live and row.first_published_at and row.first_published_at < span.end)


def _still_true(row: Any, span: Span) -> bool:
    limit = date(span.until.year - 2, span.until.month, span.until.day)  # no test runs on 29 February
    return _practice(row, span) and limit < row.known_on <= span.until


def _reuse(row: Any, span: Span) -> bool:
    named = row.organisation is None or row.organisation.status == "listed"
    stands = row.state in {"waiting", "accepted", "returned"}
    return bool(stands and named and row.practice.live and row.shown and row.created_at < span.end)


def _in_force(row: Any, span: Span) -> bool:
    steps = [step for step in row.statuses.all() if not step.superseded and step.status and step.on <= span.until]
    return bool(steps) and max(steps, key=lambda step: (step.on, step.place)).status == "in-force"


def _event(row: Any, span: Span) -> bool:
    pages = [*row.pages.all(), *(row.series.pages.all() if row.series else [])]
    over = row.ends_at <= timezone.now() and row.cancelled_at is None
    return over and _in(span, row.starts_at) and _public(pages)


def _begun(row: Any, span: Span) -> bool:
    return row.event.cancelled_at is None and row.event.starts_at <= timezone.now() and _in(span, row.event.starts_at)


def _seat(row: Any, span: Span) -> bool:
    lapsed = row.reserved_until is not None and row.reserved_until <= timezone.now()
    return row.status == "confirmed" and not lapsed and _begun(row, span)


def _came(row: Any, span: Span) -> bool:
    return row.status == "confirmed" and row.came_at is not None and _begun(row, span)


def _at_a_door(row: Any, span: Span) -> bool:
    return _seat(row, span) and any(_came(other, span) for other in row.event.registrations.all())


def _declared(row: Any, span: Span) -> bool:
    return row.declared_at < span.end and (row.ended_at is None or row.ended_at >= span.end)


def _proposal(row: Any, span: Span) -> bool:
    is_last = row.number == max(other.number for other in row.consortium.proposals.all())
    return is_last and row.declaration.ended_at is None and _in(span, row.submitted_at)


def _in_partnership(row: Any, span: Span) -> bool:
    for consortium in Consortium.objects.filter(status="declared"):
        joined = [member.organisation_id for member in consortium.members.all() if member.status == "joined"]
        if row.pk in joined and any(_declared(each, span) for each in consortium.declarations.all()):
            return True
    return False


def _covered(row: Any, span: Span) -> bool:
    interests = [each for each in Interest.objects.filter(call=row.call) if each.status == "confirmed"]
    early = [each for each in interests if each.confirmed_at and each.confirmed_at < span.end]
    return _asked(row, span) and any(row.term in each.tracks.all() for each in early)


def _asked(row: Any, span: Span) -> bool:
    return _public(row.call.pages.all())


def _question(row: Any, span: Span) -> bool:
    return row.state in {"open", "working", "answered", "aside"} and row.proposed_at < span.end


def _answer(row: Any, span: Span) -> bool:
    return row.question.is_public and _in(span, row.at)


def _note(row: Any, span: Span) -> bool:
    same = NotePage.objects.filter(translation_key=row.translation_key)
    there = [page.pk for page in same if _public([page]) and page.first_published_at < span.end]
    return bool(there) and row.pk == min(there)


def _notice(row: Any, span: Span) -> bool:
    there = row.withdrawn_at is None or row.withdrawn_at >= span.end
    return there and row.until >= span.until and row.created_at < span.end and row.organisation.status == "listed"


def _notice_answered(row: Any, span: Span) -> bool:
    keys = Message.objects.filter(kind="partners/answer").values_list("dedupe_key", flat=True)
    return _in(span, row.created_at) and any(key.startswith(f"partners/answer:{row.pk}:") for key in keys)


def _acting(row: Any, span: Span) -> bool:
    return row.is_active and any(
        each.organisation.status == "listed" and each.created_at < span.end for each in row.memberships.all()
    )


def _follows(row: Any, span: Span) -> bool:
    return row.status == "active" and row.confirmed_at < span.end


def _listed(row: Any, span: Span) -> bool:
    return row.status == "listed" and row.created_at < span.end


def _check(row: Any, span: Span) -> bool:
    return _in(span, row.at) and (row.by_id is None or row.by_id != row.version.by_id)


TRACKS: Any = Call.tracks.through
# The rows, which of them count, and of which these are a share.
NAIVE: dict[str, tuple[Any, Test, Test | None]] = {
    "practices": (Practice, _practice, None),
    "practices_assessed": (
        Practice,
        lambda row, span: (
            _practice(row, span)
            and row.assessed_on
            and row.assessed_on <= span.until
            and row.assessment_due_on > span.until
        ),
        _practice,
    ),
    "practices_shown_to_work": (
        Practice,
        lambda row, span: _practice(row, span) and row.evidence and int(row.evidence.code) >= 3,
        _practice,
    ),
    "practices_still_true": (Practice, _still_true, _practice),
    "practices_sustained": (
        Practice,
        lambda row, span: _practice(row, span) and row.stage and int(row.stage.code) >= 4,
        _practice,
    ),
    "practices_in_policy": (
        Practice,
        lambda row, span: (
            _practice(row, span) and any(each.hook.status in {"decided", "in-force"} for each in row.policy_hooks.all())
        ),
        _practice,
    ),
    "reuses": (Reuse, _reuse, None),
    "reuses_with_figures": (
        Reuse,
        lambda row, span: _reuse(row, span) and row.shown.figures.exists() and row.shown.sources.exists(),
        _reuse,
    ),
    "reuse_check_days": (ReuseCheck, _check, None),
    "stage_moves": (
        StageMove,
        lambda row, span: not row.superseded and row.stage and row.practice.live and _on(span, row.on),
        None,
    ),
    "hooks_in_force": (PolicyHook, _in_force, None),
    "submission_days": (
        Submission,
        lambda row, span: row.status in {"published", "refused"} and row.sent_at and _in(span, row.decided_at),
        None,
    ),
    "organisations": (Organisation, _listed, None),
    "organisations_verified": (
        Organisation,
        lambda row, span: _listed(row, span) and row.verified_at and row.verified_at < span.end,
        _listed,
    ),
    "people_acting": (User, _acting, None),
    "notices": (Notice, _notice, None),
    "notices_answered": (Notice, _notice_answered, lambda row, span: _in(span, row.created_at)),
    "claim_days": (
        Claim,
        lambda row, span: row.status in {"accepted", "refused"} and _in(span, row.decided_at),
        None,
    ),
    "calls": (Call, lambda row, span: row.created_at < span.end and _public(row.pages.all()), None),
    "deadlines_moved": (DeadlineChange, lambda row, span: _in(span, row.moved_at), None),
    "call_answer_days": (
        CallQuestion,
        lambda row, span: row.status == "answered" and _in(span, row.decided_at),
        None,
    ),
    "call_questions_answered": (
        CallQuestion,
        lambda row, span: row.status == "answered" and _in(span, row.asked_at),
        lambda row, span: _in(span, row.asked_at),
    ),
    "events_held": (Event, _event, None),
    "seats_taken": (Registration, _seat, None),
    "people_who_came": (Registration, _came, None),
    "seats_used": (Registration, _came, _at_a_door),
    "people_without_signing_up": (WalkIn, lambda row, span: row.came_at and _begun(row, span), None),
    "events_changed": (
        EventChange,
        lambda row, span: row.kind in {"moved", "cancelled"} and _in(span, row.made_at),
        None,
    ),
    "followers": (Subscription, _follows, None),
    "newsletter_readers": (
        Subscription,
        lambda row, span: _follows(row, span) and row.topic == "newsletter",
        None,
    ),
    "newsletters_sent": (Digest, lambda row, span: _in(span, row.sent_at), None),
    "mails_sent": (Message, lambda row, span: row.status == "sent" and _in(span, row.sent_at), None),
    "mails_failed": (
        Message,
        lambda row, span: row.status == "failed" and _in(span, row.created_at),
        lambda row, span: row.status in {"sent", "failed"} and _in(span, row.created_at),
    ),
    "interests": (
        Interest,
        lambda row, span: row.status == "confirmed" and row.confirmed_at < span.end,
        None,
    ),
    "tracks_covered": (TRACKS, _covered, _asked),
    "introductions_accepted": (
        Introduction,
        lambda row, span: row.status == "accepted" and _in(span, row.asked_at),
        lambda row, span: row.status != "withdrawn" and _in(span, row.asked_at),
    ),
    "consortia": (Consortium, lambda row, span: True, None),
    "partnerships_declared": (Declaration, _declared, None),
    "proposals_submitted": (Proposal, _proposal, None),
    "organisations_in_partnerships": (Organisation, _in_partnership, None),
    "learning_questions": (Question, _question, None),
    "learning_questions_answered": (
        Question,
        lambda row, span: row.state == "answered" and _question(row, span),
        _question,
    ),
    "learning_question_days": (
        Question,
        lambda row, span: row.state != "proposed" and _in(span, row.decided_at),
        None,
    ),
    "answers_given": (AnswerVersion, _answer, None),
    "answers_revised": (AnswerVersion, lambda row, span: row.number > 1 and _answer(row, span), None),
    "experiences_shared": (
        Experience,
        lambda row, span: row.state == "shown" and row.question.is_public and _in(span, row.decided_at),
        None,
    ),
    "experts_named": (
        Expert,
        lambda row, span: (
            row.accepted_at and row.accepted_at < span.end and row.user.is_active and row.question.is_public
        ),
        None,
    ),
    "policy_notes": (NotePage, _note, None),
}
# From when to when it took, of figures that are a median.
TOOK = {
    "reuse_check_days": lambda row: row.at - row.version.at,
    "submission_days": lambda row: row.decided_at - row.sent_at,
    "claim_days": lambda row: row.decided_at - row.created_at,
    "call_answer_days": lambda row: row.decided_at - row.asked_at,
    "learning_question_days": lambda row: row.decided_at - row.proposed_at,
}


def counted(measure: Measure, span: Span, *, whole: bool = False) -> list[models.Model]:
    """The rows that count, or those that they are part of."""
    model, test, of = NAIVE[measure.code]
    asked = Span(span.until) if measure.kind is Kind.STANDING else span
    chosen = of if whole else test
    assert chosen
    return [row for row in model._base_manager.all() if chosen(row, asked)]


def middle(measure: Measure, rows: Iterable[Any]) -> float | None:
    """The median of the days that it took."""
    days = [TOOK[measure.code](row).total_seconds() / 86_400 for row in rows]
    return median(days) if days else None


def keys(row: Any, breakdown: Breakdown) -> set[str]:
    """What it has in this breakdown, reading attribute by attribute; "" where nobody knows."""
    if breakdown.path == "topic_kind":
        return {row.topic.partition(":")[0]}
    *steps, last = breakdown.path.split("__")
    found = [row]
    for step in steps:
        found = [other for each in found for other in _others(each, step)]
    if breakdown.vocabulary:
        found = [term for term in found if term.vocabulary == breakdown.vocabulary]
    known = {str(getattr(each, last)) for each in found}
    return known or {""}


def _others(row: Any, step: str) -> list[Any]:
    value = getattr(row, step)
    if value is None:
        return []
    return list(value.all()) if hasattr(value, "all") else [value]
