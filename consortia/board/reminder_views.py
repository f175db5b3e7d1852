"""Where staff look at the reminder and at who gets it, and send it once."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from accounts.users.models import User
from calls.chain.models import Call
from consortia.board import emails, reminding
from consortia.board.gaps import list_url
from consortia.board.page import allow, around
from consortia.board.reminding import Selection
from consortia.consortium.models import Consortium
from consortia.sharing.shown import sight
from hub.changes.screens import CONFIRM, Preview

_NAMED = 50


@require_http_methods(["GET", "HEAD", "POST"])
def remind_all(request: HttpRequest, pk: int) -> HttpResponse:
    """All drafts of a call."""
    allow(request, "change")
    call = get_object_or_404(Call, pk=pk)
    return _page(request, Selection(call), back=list_url(call, stage="drafts"))


@require_http_methods(["GET", "HEAD", "POST"])
def remind_one(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One draft, also one that hides its name."""
    allow(request, "change")
    drafts = Consortium.objects.filter(status=Consortium.Status.DRAFT).select_related("call")
    found = get_object_or_404(drafts, uuid=uuid)
    return _page(request, Selection(found.call, found), back=reverse("consortia_admin_consortium", args=[uuid]))


def _page(request: HttpRequest, selection: Selection, *, back: str) -> HttpResponse:
    if request.method == "POST" and CONFIRM in request.POST:
        try:
            number = reminding.remind(
                selection.call,
                consortium=selection.consortium,
                seen=request.POST.get("seen", ""),
                by=cast(User, request.user),
            )
        except reminding.NobodyLeftError:
            messages.info(request, gettext("Nothing was sent now: all have signed, or were reminded today."))
            return redirect(back)
        except reminding.OtherReceiversError:
            said = gettext("The list of receivers has changed: check it again. Nothing was sent.")
            messages.warning(request, said)
        else:
            said = ngettext("%(number)d mail is on its way.", "%(number)d mails are on their way.", number)
            messages.success(request, said % {"number": number})
            return redirect(back)
    one = selection.consortium
    name = one.name if one and sight(one).has_names else ""
    groups = selection.groups
    facts = {
        "is_all": one is None,
        "number": selection.number,
        "groups": groups[:_NAMED],
        "more": max(len(groups) - _NAMED, 0),
        "previews": [Preview(code, emails.preview(selection.call, code, name=name)) for code in selection.languages],
        "seen": selection.digest,
        "back_url": back,
    }
    title = gettext("Remind those who have not signed")
    crumb = (gettext("Consortia"), list_url(selection.call))
    return render(request, "consortia/admin/remind.html", around(selection.call, title, crumb) | facts)
