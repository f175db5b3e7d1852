"""The list of practices that a reader keeps."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.public_forms import origin
from accounts.public_forms.throttling import HOUR, allow_visitor
from hub.pages.renaming import slugs_now
from practices.choosing import comparing, shortlist
from practices.choosing.forms import KeepForm, SlugsField
from practices.practice.models.practice import Practice
from practices.practice.presentation import Summary, summaries
from practices.practice.terms import Terms

_CHANGES_PER_HOUR = 200


@never_cache
@require_safe
def my_shortlist(request: HttpRequest) -> HttpResponse:
    """The reader's own list, or one that somebody shared as an address."""
    slugs = SlugsField(most=shortlist.MOST, required=False).clean(request.GET.getlist("practice"))
    own = shortlist.kept(request)
    shared = bool(slugs) and slugs != [practice.slug for practice in own]
    rows = rows_of(_chosen(slugs) if shared else own)
    context = {
        "rows": rows,
        "shared": shared,
        "own_count": len(own),
        "share_address": _share_address(rows),
        "check_all": comparing.FEWEST <= len(rows) <= comparing.MOST,
        "crumbs": crumbs(_("A shared shortlist") if shared else _("Shortlist")),
    }
    return render(request, "practices/shortlist.html", context)


# Both may be sent from pages that are kept for everyone and hold no token: accounts.public_forms.origin guards them.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest) -> HttpResponse:
    """Put practices on the shortlist."""
    return _change(request, _keep, "practices/keep.html")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unkeep(request: HttpRequest) -> HttpResponse:
    """Take practices off the shortlist."""
    return _change(request, _unkeep, "practices/unkeep.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def clear(request: HttpRequest) -> HttpResponse:
    """Take everything off it: asked once more, because it cannot be undone."""
    count = len(shortlist.kept(request, fields=("pk",)))
    if request.method == "POST":
        shortlist.clear(request)
        messages.success(request, _("Your shortlist is empty now."))
    if request.method == "POST" or not count:
        return redirect("practices:shortlist")
    return render(request, "practices/clear.html", {"count": count, "crumbs": crumbs(_("Shortlist"))})


def _change(request: HttpRequest, change: Callable[..., None], question: str) -> HttpResponse:
    form = KeepForm(request)
    form.is_valid()  # as above
    practices = _chosen(form.cleaned_data["practice"])
    if not practices:
        raise Http404
    back = form.cleaned_data["next"] or reverse("practices:shortlist")
    if request.method != "POST" or not origin.is_ours(request):
        asked = {"rows": rows_of(practices), "back": back, "crumbs": crumbs(_("Shortlist"))}
        return render(request, question, asked)
    if allow_visitor(request, "shortlist", limit=_CHANGES_PER_HOUR, per=HOUR):
        change(request, practices)
    else:
        messages.error(request, _("That was asked very often in a short time. Wait an hour and send it again."))
    # Back to the row where the button stands, also without scripting.
    return redirect(f"{back.partition('#')[0]}#practice-{practices[0].slug}")


def _keep(request: HttpRequest, practices: Sequence[Practice]) -> None:
    left_over = shortlist.keep(request, practices=practices)
    if left_over:
        full = ngettext(
            "A shortlist has room for %(most)d practices: %(count)d did not fit. Take some off it first.",
            "A shortlist has room for %(most)d practices: %(count)d did not fit. Take some off it first.",
            left_over,
        )
        messages.warning(request, full % {"most": shortlist.MOST, "count": left_over})
    elif len(practices) == 1:
        messages.success(request, _("“%(title)s” is on your shortlist.") % {"title": _title(practices[0])})
    else:
        messages.success(request, _("They are on your shortlist."))


def _unkeep(request: HttpRequest, practices: Sequence[Practice]) -> None:
    shortlist.remove(request, practices=practices)
    if len(practices) == 1:
        messages.success(request, _("“%(title)s” is no longer on your shortlist.") % {"title": _title(practices[0])})
    else:
        messages.success(request, _("They are no longer on your shortlist."))


def _chosen(slugs: Sequence[str]) -> list[Practice]:
    """Those of them that are in the library, in this order."""
    slugs = slugs_now(Practice.objects.public(), slugs)
    found = {practice.slug: practice for practice in Practice.objects.public().filter(slug__in=slugs)} if slugs else {}
    return [found[slug] for slug in slugs if slug in found]


def rows_of(practices: Sequence[Practice]) -> list[Summary]:
    """As the pages about choosing show them."""
    return summaries(practices, Terms.load()) if practices else []


def _title(practice: Practice) -> str:
    return rows_of([practice])[0]["title"]


def _share_address(rows: Sequence[Summary]) -> str:
    query = "&".join(f"practice={row['slug']}" for row in rows)
    return f"{settings.SITE_URL}{reverse('practices:shortlist')}?{query}" if rows else ""


def crumbs(current: str) -> list[dict[str, str]]:
    """The library, and the page that is shown."""
    return [{"title": _("Practices"), "url": reverse("practices:library")}, {"title": current, "url": ""}]
