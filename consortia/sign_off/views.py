"""Where an owner reads exactly what is signed, what changed since, and says yes or no."""

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.users.models import User
from consortia.consortium.acting import actor, seen_by
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Member
from consortia.interest.emails import call_words
from consortia.sign_off import answering, links, text, versions
from consortia.sign_off.forms import SignForm
from consortia.sign_off.models import SignOff


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, uuid: UUID, member: int) -> HttpResponse:
    """For the people of the organisation; only its owners find buttons."""
    user = cast(User, request.user)
    own = Member.objects.standing().select_related("organisation", "consortium__call")
    found = get_object_or_404(
        own.filter(consortium=seen_by(user, uuid), organisation__memberships__user=user), pk=member
    )
    return _page(request, found, user, request.path, reverse("consortia:consortium", args=[uuid]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The same by the link in a mail, which stands for the owner that it was sent to."""
    found = links.of_token(token)
    if found is None:
        return render(request, "consortia/link_unknown.html", status=404)
    return _page(request, *found, request.path)


def _page(request: HttpRequest, member: Member, user: User, here: str, back: str = "") -> HttpResponse:
    version = versions.latest(member.consortium)
    form = SignForm(request.POST if request.method == "POST" else None, initial={"number": version.number})
    said = ""
    if form.is_valid() and _answered(request, member, user, form):
        member.refresh_from_db()
        if member.status == Member.Status.DECLINED:
            return render(request, "consortia/drafts/declined.html", {"member": member})
        return redirect(here)
    acting = actor(member.consortium, user, "confirm", member=member.pk)
    said = acting.refusal("confirm")
    before = versions.signed_before(member, version)
    facts: dict[str, Any] = {
        "member": member,
        "consortium": member.consortium,
        "version": version,
        "text": text.lines(version.text),
        "changes": text.changes(before, version.text) if before else [],
        "signed": SignOff.objects.filter(member=member, version=version, is_confirmed=True).first(),
        "refusal": said,
        "may_decline": not acting.refusal("decline"),
        "call": call_words(member.consortium.call, get_language() or settings.LANGUAGE_CODE),
        "form": form,
        "back": back,
    }
    return render(request, "consortia/drafts/sign.html", facts, status=422 if form.errors else 200)


def _answered(request: HttpRequest, member: Member, user: User, form: SignForm) -> bool:
    said = form.cleaned_data
    named = {"organisation": member.organisation.name, "name": member.consortium.name}
    try:
        if said["answer"] == "confirm":
            answering.confirm(member.consortium, member, number=said["number"], by=user)
            messages.success(request, gettext("%(organisation)s confirmed “%(name)s”.") % named)
        else:
            answering.decline(member.consortium, member, reason=said["reason"], by=user)
    except RefusedError as refused:
        form.add_error(None, str(refused))
    except answering.ChangedError:
        form.add_error(
            None, gettext("The text changed while you were reading, and nothing was signed. Read it again below.")
        )
        form.show_again(versions.latest(member.consortium).number)
    return not form.errors
