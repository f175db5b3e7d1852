"""The pages of a draft, for the people of the organisations in it."""

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.users.models import User
from calls.chain.models import Call
from consortia.consortium.acting import actor, actors, seen_by
from consortia.consortium.actions import ACTIONS, RefusedError
from consortia.consortium.log import line
from consortia.consortium.models import Consortium, Member
from consortia.consortium.ways import crumbs, my_page
from consortia.drafting import beginning, changing, membership
from consortia.drafting.forms import PartForm, WordsForm
from consortia.drafting.workspace import ASKED, facts
from consortia.interest.emails import call_words
from consortia.sign_off import versions
from hub.dates.brussels import local
from hub.pages.renaming import follows_renaming
from partners.organisations.models import Organisation

LINES, FOUND = 20, 20


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@follows_renaming(Organisation.objects.public)
def begin(request: HttpRequest, call_id: int, slug: str) -> HttpResponse:
    """An organisation with an interest begins a draft, which it leads."""
    user = cast(User, request.user)
    call = get_object_or_404(Call.objects.public().with_chain(), pk=call_id)
    own = get_object_or_404(Organisation.objects.filter(memberships__user=user), slug=slug)
    form = WordsForm(request.POST if request.method == "POST" else None)
    said = form.cleaned_data if form.is_valid() else {}
    if said and said["key"]:
        try:
            made = beginning.begin(call, own, key=said["key"], name=said["name"], summary=form.summary, by=user)
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("The draft is there. Invite those with whom you want to do it."))
            return redirect(made)
    context = {
        "form": form,
        "organisation": own,
        "refusal": beginning.why_not(call, own, user),
        "call": call_words(call, _language()),
        "crumbs": [my_page()],
    }
    return render(request, "consortia/drafts/begin.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_safe
def consortium(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """All there is to know, and what the reader may do."""
    user = cast(User, request.user)
    found = seen_by(user, uuid)
    log = Paginator(found.entries.select_related("by"), LINES).get_page(request.GET.get("page"))
    context = {
        "consortium": found,
        "call": call_words(found.call, _language()),
        "version": versions.latest(found),
        "log": log,
        "lines": [line(each) for each in log],
        "crumbs": [my_page()],
        **facts(found, user),
    }
    return render(request, "consortia/drafts/consortium.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_words(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Name and summary; a refused form keeps everything."""
    user = cast(User, request.user)
    found = seen_by(user, uuid)
    posted = request.POST if request.method == "POST" else None
    form = WordsForm(posted, name=found.name, summary=found.summary, seen=changing.seen_words(found))
    if form.is_valid():
        said = form.cleaned_data
        try:
            changing.change_words(found, name=said["name"], summary=form.summary, seen=said["seen"], by=user)
        except RefusedError as refused:
            form.add_error(None, str(refused))
        except changing.ChangedError as changed:
            found.refresh_from_db()
            form.add_error(None, _told(changed))
            form.show_again(changing.seen_words(found))
        else:
            messages.success(request, gettext("The words are changed."))
            return redirect(found)
    refusal = actor(found, user, "change_words").refusal("change_words")
    return _form_page(request, found, form, gettext("Change name and summary"), refusal, now=found.words)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def set_part(request: HttpRequest, uuid: UUID, member: int) -> HttpResponse:
    """Role and action tracks of the own organisation."""
    user = cast(User, request.user)
    found = seen_by(user, uuid)
    own = get_object_or_404(_own(found, user), pk=member)
    form = PartForm(request.POST if request.method == "POST" else None, member=own, seen=changing.seen_part(own))
    if form.is_valid():
        said = form.cleaned_data
        try:
            changing.set_part(found, own, role=said["role"], tracks=said["tracks"], seen=said["seen"], by=user)
        except RefusedError as refused:
            form.add_error(None, str(refused))
        except changing.ChangedError as changed:
            form.add_error(None, _told(changed))
            form.show_again(changing.seen_part(Member.objects.get(pk=own.pk)))
        else:
            messages.success(request, gettext("Role and action tracks are changed."))
            return redirect(found)
    refusal = actor(found, user, "set_part", member=own.pk).refusal("set_part")
    return _form_page(request, found, form, gettext("What %(name)s does in it") % {"name": own}, refusal)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Pick an organisation of the directory."""
    user = cast(User, request.user)
    found = seen_by(user, uuid)
    refusal = actor(found, user, "invite").refusal("invite")
    if request.method == "POST":
        other = Organisation.objects.public().filter(pk=_number(request.POST.get("organisation"))).first()
        try:
            if other is None:
                raise RefusedError(gettext("It is not in the directory any more. Nothing was sent."))
            membership.invite(found, other, by=user)
        except RefusedError as refused:
            messages.error(request, str(refused))
            return redirect("consortia:invite", uuid=uuid)
        messages.success(request, gettext("%(name)s is invited: its owners get a mail.") % {"name": other})
        return redirect(found)
    words = request.GET.get("q", "")[:200]
    standing = found.members.standing().order_by().values("organisation")
    others = Organisation.objects.public().exclude(pk__in=standing)
    shown = others.matching(words, _language()) if words.strip() else others.none()
    context = {
        "consortium": found,
        "refusal": refusal,
        "words": words,
        "found": shown.select_related("sector", "country")[:FOUND],
        "crumbs": crumbs(found),
    }
    return render(request, "consortia/drafts/invite.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, uuid: UUID, action: str, member: int) -> HttpResponse:
    """What is done with one press, after a question: GET asks, POST does it, once."""
    if action not in ASKED:
        raise Http404
    user = cast(User, request.user)
    found = seen_by(user, uuid)
    about = get_object_or_404(found.members.select_related("organisation"), pk=member)
    if request.method == "POST":
        return _done(request, found, action, about)
    acting = actor(found, user, action, member=about.pk if action == "leave" else None)
    context = {
        "consortium": found,
        "action": action,
        "label": ACTIONS[action].button,
        "about": about,
        "refusal": acting.refusal(action, about),
        "crumbs": crumbs(found),
    }
    return render(request, "consortia/drafts/act.html", context)


def _done(request: HttpRequest, found: Consortium, action: str, about: Member) -> HttpResponse:
    user = cast(User, request.user)
    try:
        if action == "give_up":
            beginning.give_up(found, by=user)
        else:
            getattr(membership, action)(found, about, by=user)
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, gettext("Done. The log says what happened."))
    return redirect(found) if actors(found, user) else redirect("accounts:my_page")


def _told(changed: changing.ChangedError) -> str:
    entry = changed.entry
    if entry is None:
        return gettext("Somebody changed it while you were writing. Nothing of yours is lost: send it again.")
    said = gettext(
        "%(organisation)s changed it while you were writing (%(person)s, %(at)s). Nothing of yours is lost: send it "
        "again and your words take its place."
    )
    person = entry.by.get_full_name() if entry.by else gettext("somebody")
    return said % {"organisation": entry.organisation_name, "person": person, "at": f"{local(entry.at):%H:%M}"}


def _form_page(
    request: HttpRequest, found: Consortium, form: Any, title: str, refusal: str, **more: Any
) -> HttpResponse:
    context = {
        "consortium": found,
        "form": form,
        "title": title,
        "refusal": refusal,
        "crumbs": crumbs(found),
        **more,
    }
    return render(request, "consortia/drafts/form.html", context, status=422 if form.errors else 200)


def _own(found: Consortium, user: User) -> Any:
    mine = found.members.standing().filter(organisation__memberships__user=user)
    return mine.select_related("organisation", "consortium__call")


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isdecimal() and len(typed) < 10 else 0


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
