"""What is lost with the pages and facts of the centre."""

from django.utils.translation import gettext, ngettext
from wagtail.models import Page

from hub import announcements, consequences, participants
from hub.chain import call_state
from hub.consequences import Act, Consequence
from hub.language_names import language_name
from hub.models import (
    Call,
    CallIndexPage,
    CallPage,
    CallWithdrawal,
    Contact,
    ContactPage,
    Digest,
    HomePage,
    MenuItem,
    NewsIndexPage,
    NewsPage,
    Question,
    StandardPage,
    Term,
)
from hub.visibility import visible
from notifications.models import Message, Subscription


def followers(topic: str) -> list[str]:
    """How many follow this, as a sentence; nothing when nobody does."""
    number = Subscription.objects.active().to(topic).count()
    said = ngettext("%(number)d person follows it.", "%(number)d people follow it.", number)
    return [said % {"number": number}] if number else []


def on_record(changes: int) -> list[str]:
    """How many changes a page shows that people were told of, as a sentence; nothing when there are none."""
    said = ngettext(
        "%(number)d change is on public record on its page.",
        "%(number)d changes are on public record on its page.",
        changes,
    )
    return [said % {"number": changes}] if changes else []


def readable_in(codes: list[str]) -> str:
    """Where people can still read about it, as a sentence."""
    if not codes:
        return gettext("Nobody can read about it any more.")
    names = ", ".join(language_name(code) for code in codes)
    return gettext("It can still be read in: %(languages)s.") % {"languages": names}


def moved_address() -> str:
    """What moving a page does, as a sentence."""
    return gettext("Its address changes; links to the old one lead to the new one.")


def of_call_page(page: CallPage, act: Act, going: frozenset[int]) -> Consequence:
    """Followers, interests and the record of its dates; while people wait for its dates, its last page stays."""
    lost = _of_call(page.call)
    if act is Act.MOVE:
        return Consequence(page.title, [*lost, moved_address()])
    others = visible(CallPage.objects.filter(call=page.call_id)).exclude(pk__in=going)
    codes = list(others.values_list("locale__language_code", flat=True))
    waiting = bool(lost) and not codes and page.live and _is_going_on(page.call)
    said = gettext("People wait for the dates of “%(call)s”. Withdraw the call first: that tells them why.")
    return Consequence(page.title, [*lost, readable_in(codes)], said % {"call": page.call} if waiting else "")


def of_call(call: Call, act: Act, going: frozenset[int]) -> Consequence:
    """A call about which something changed stays, and so does one that has pages or people."""
    lost = _of_call(call)
    if call.changes.exists() or CallWithdrawal.objects.filter(call=call).exists():
        said = gettext("“%(call)s” cannot be deleted: what was changed about it stays on record. Unpublish its pages.")
    elif call.pages.exists():
        said = gettext("“%(call)s” cannot be deleted as long as it has pages.")
    elif lost:
        said = gettext("“%(call)s” cannot be deleted: people follow it or take part.")
    else:
        return consequences.of_relations(call, act, going)
    return Consequence(str(call), lost, said % {"call": call})


def of_news(page: NewsPage, act: Act, going: frozenset[int]) -> Consequence:
    """Who was told of it and finds nothing behind the link."""
    told = Message.objects.filter(kind=announcements.NEWS, about=f"news:{page.pk}", status=Message.Status.SENT).count()
    if act is Act.MOVE:
        return Consequence(page.title, [moved_address()])
    said = ngettext(
        "%(number)d person was told of it by mail; the link there leads nowhere then.",
        "%(number)d people were told of it by mail; the link there leads nowhere then.",
        told,
    )
    return Consequence(page.title, [said % {"number": told}] if told else [gettext("People can read it now.")])


def of_page(page: Page, act: Act, going: frozenset[int]) -> Consequence:
    """A page that stands for itself: who follows what it lists, and the menus that lead to it."""
    if act is Act.MOVE:
        return Consequence(page.title, [moved_address()])
    topic = {CallIndexPage: "calls", NewsIndexPage: "news"}.get(type(page))
    lost = [*(followers(topic) if topic else []), gettext("People can read it now.")]
    menus = MenuItem.objects.filter(page=page.pk).count()
    if menus:
        lost.append(gettext("It stands in the menu of the site."))
    return Consequence(page.title, lost)


def of_home(page: HomePage, act: Act, going: frozenset[int]) -> Consequence:
    """The start of the portal in a language stays where it is."""
    said = gettext("“%(page)s” is where the portal begins in its language; everything else stands below it.")
    return Consequence(page.title, refusal=said % {"page": page.title})


def of_question(question: Question, act: Act, going: frozenset[int]) -> Consequence:
    """Who follows it, and whether its answer is public."""
    lost = followers(question.topic)
    if question.is_shown:
        lost.append(gettext("It stands on the page of its call."))
    rest = consequences.of_relations(question, act, going)
    return Consequence(str(question), [*lost, *rest.lost], rest.refusal)


def connect() -> None:
    """Called once when Django starts."""
    consequences.register(CallPage, teller=of_call_page)
    consequences.register(NewsPage, teller=of_news)
    consequences.register(HomePage, teller=of_home)
    consequences.register(CallIndexPage, NewsIndexPage, StandardPage, ContactPage, teller=of_page)
    consequences.register(Call, teller=of_call)
    consequences.register(Question, teller=of_question)
    consequences.register(Term, Contact, Digest, teller=consequences.of_relations)


def _of_call(call: Call) -> list[str]:
    lost = followers(f"call:{call.pk}")
    taking_part = len(list(participants.people(call)))
    if taking_part:
        said = ngettext("%(number)d person takes part in it.", "%(number)d people take part in it.", taking_part)
        lost.append(said % {"number": taking_part})
    return lost + on_record(call.changes.count() + CallWithdrawal.objects.filter(call=call).count())


def _is_going_on(call: Call) -> bool:
    return call_state(call).code not in {"closed", "withdrawn"}
