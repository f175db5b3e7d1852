from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# By what the call of each fact that mails are about is found, so that they name its contact.
CALL_OF = {
    "consortium": "consortia",
    "interest": "interests",
    "introduction": "introductions",
    "reviewer": "reviewers",
    **dict.fromkeys(("interested", "sign_reminders", "recommendations"), "pk"),
}


class ConsortiaConfig(AppConfig):
    """What organisations undertake together: their interest in calls."""

    name = "consortia"
    verbose_name = _("Consortia")
    mails = {
        "consortia/confirm_interest": _("Link to confirm interest in a call"),
        "consortia/confirm_correction": _("Link to confirm other answers about an interest"),
        "consortia/interest_received": _("Interest in a call"),
        "consortia/interest_withdrawn": _("Interest in a call withdrawn"),
        "consortia/introduction_asked": _("Asked for an introduction"),
        "consortia/introduction_accepted": _("Introduction accepted"),
        "consortia/introduction_declined": _("Introduction declined"),
        "consortia/consortium_invited": _("Invited into a consortium"),
        "consortia/consortium_confirmed": _("An organisation confirmed a consortium"),
        "consortia/consortium_declined": _("An organisation declined a consortium"),
        "consortia/sign_reminder": _("Reminder to sign for a consortium"),
        "consortia/sign_again": _("A consortium changed: asked to sign again"),
        "consortia/consortium_removed": _("No longer in a consortium"),
        "consortia/consortium_handed_over": _("Lead of a consortium handed over"),
        "consortia/consortium_given_up": _("Draft of a consortium given up"),
        "consortia/reviewer_appointed": _("Asked to review the consortia of a call"),
        "consortia/recommendation_released": _("What was recommended about a consortium"),
        "consortia/consortium_declared": _("Receipt of a declared partnership"),
        "consortia/declaration_withdrawn": _("Declaration of a partnership withdrawn"),
        "consortia/declaration_void": _("Declaration of a partnership void"),
        "consortia/proposal_submitted": _("Receipt of a submitted proposal"),
        "consortia/task_due": _("Reminder of a task in a consortium"),
        "consortia/to_interested": _("Message to interested organisations"),
    }
    # They name a consortium, which may hide itself from the centre, also after it was declared.
    confidential_mails = (
        *("consortia/consortium_invited", "consortia/consortium_confirmed", "consortia/consortium_declined"),
        *("consortia/sign_reminder", "consortia/sign_again", "consortia/consortium_removed"),
        *("consortia/consortium_handed_over", "consortia/consortium_given_up", "consortia/consortium_declared"),
        *("consortia/declaration_withdrawn", "consortia/declaration_void", "consortia/proposal_submitted"),
        *("consortia/recommendation_released", "consortia/task_due"),
    )
    # Pages of organisations show declarations, and nothing else of a consortium that changes while one stands.
    not_shown = (
        *("Introduction", "CallRules", "Consortium", "Member", "Entry", "Version", "SignOff"),
        *("Receipt", "SigningKey", "ReceiptTimeStamp", "StampingPause"),
        *("StoredFile", "FileVersion", "Upload", "Document", "Note", "Task"),
        *("Reviewer", "Statement", "Lifting", "FormerMailbox", "Criterion", "Judgement", "Mark", "Outcome", "Release"),
        *("AskedPart", "Filling", "TextVersion", "Proposal", "SubmittedPart"),
    )

    def ready(self) -> None:
        _register_personal_data()
        _register_my_page()
        _register_keeping()
        _remember_mailboxes()
        _register_receipts_and_mails()
        _register_with_partners_and_calls()
        _register_measures()


def _register_my_page() -> None:
    from accounts.profile import my_page, next_steps, to_do
    from consortia.declaration.to_do import to_declare
    from consortia.drafting.my_page import consortia
    from consortia.introductions.to_do import to_answer
    from consortia.matching.my_page import introductions
    from consortia.matching.next_steps import partnering
    from consortia.members.my_page import interests
    from consortia.proposal.to_do import to_propose
    from consortia.reviewers.my_page import reviewing
    from consortia.reviewing.to_do import to_judge, to_settle
    from consortia.sign_off.to_do import to_sign
    from consortia.to_do.my_page import to_finish

    my_page.register(interests, position=30)
    my_page.register(introductions, position=31)
    my_page.register(consortia, position=32)
    my_page.register(reviewing, position=33)
    next_steps.register(partnering, position=5)
    for waits in (to_sign, to_answer, to_finish, to_judge, to_settle, to_declare, to_propose):
        to_do.register(waits)


def _register_keeping() -> None:
    from accounts.privacy import keeping
    from consortia.conflicts import former_mailboxes
    from consortia.conflicts.keeping_times import MAILBOXES
    from consortia.consortium.keeping_times import CONSORTIA
    from consortia.drafting import beginning
    from consortia.files import sweeping
    from consortia.files.keeping_times import STRAY, UNFINISHED
    from consortia.interest.keeping_times import INTERESTS
    from consortia.introductions import asking
    from consortia.introductions.keeping_times import INTRODUCTIONS
    from consortia.receipts import issuing
    from consortia.receipts.keeping_times import RECEIPTS
    from consortia.reviewers.keeping_times import REVIEWERS

    keeping.register(INTERESTS)
    keeping.register(INTRODUCTIONS, erase=asking.forget, due=asking.due)
    keeping.register(CONSORTIA, erase=beginning.forget, due=beginning.due)
    keeping.register(REVIEWERS)
    keeping.register(MAILBOXES, erase=former_mailboxes.forget, due=former_mailboxes.due)
    keeping.register(RECEIPTS, erase=issuing.forget, due=issuing.due)
    keeping.register(UNFINISHED, erase=sweeping.forget_unfinished, due=sweeping.unfinished)
    keeping.register(STRAY, erase=sweeping.sweep, due=sweeping.stray)


def _remember_mailboxes() -> None:
    from allauth.account.models import EmailAddress
    from django.db.models.signals import post_delete, pre_save

    from accounts.users.models import User
    from consortia.conflicts import former_mailboxes

    post_delete.connect(
        former_mailboxes.remember_proved, sender=EmailAddress, dispatch_uid="consortia.former_mailboxes"
    )
    pre_save.connect(former_mailboxes.remember_name, sender=User, dispatch_uid="consortia.former_mailboxes")


def _register_receipts_and_mails() -> None:
    from calls.pages.contacts import contact_by
    from consortia.board import reminding
    from consortia.declaration import attested
    from consortia.introductions import emails
    from consortia.proposal import attested as submitted
    from consortia.receipts import telling
    from consortia.receipts.models import Receipt
    from hub.content_memory import kept_pages
    from notifications.delivery import sending
    from notifications.outbox import contacts

    for fact, lookup in CALL_OF.items():
        contacts.register(fact, contact_by(lookup))
    telling.register(Receipt.Kind.DECLARATION, attested.tell)
    telling.register(Receipt.Kind.PROPOSAL, submitted.tell, withhold=submitted.withhold)
    kept_pages.register("consortia:who", parameters=["page"])
    sending.register_check(emails.withdraw_stale)
    sending.register_check(reminding.withdraw_stale)


def _register_with_partners_and_calls() -> None:
    from calls.chain import participants
    from consortia.consortium import participants as in_consortia
    from consortia.consortium.models import Member
    from consortia.drafting import merging as drafting_merging
    from consortia.interest import merging as interest_merging
    from consortia.interest import participants as interested
    from consortia.interest.models import Interest
    from consortia.introductions import merging as introduction_merging
    from consortia.introductions.models import Introduction
    from consortia.members.joining import join
    from consortia.reviewers import participants as judges
    from partners.claims import accepted
    from partners.merging import relations

    for provider in (interested.PROVIDER, in_consortia.PROVIDER, judges.PROVIDER):
        participants.register(provider)
    accepted.register(join)
    relations.register(Interest, interest_merging.give_way)
    relations.register(Introduction, introduction_merging.give_way)
    relations.register(Member, drafting_merging.give_way, ends=drafting_merging.ends)


def _register_measures() -> None:
    from consortia.coverage import measures as coverage
    from consortia.introductions import measures as introductions
    from consortia.proposal import measures as proposal
    from hub.measures import registry

    registry.register(*coverage.MEASURES, *introductions.MEASURES, *proposal.MEASURES)


def _register_personal_data() -> None:
    from accounts.personal_data import declarations
    from consortia.personal_data import DECLARED

    declarations.register(DECLARED)
