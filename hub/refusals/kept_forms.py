"""A form that outlived its session comes back with everything typed, and one press sends it again.

Tokens of forms are renewed when somebody signs in, and sessions end: a page that was open meanwhile then sends a form
that cannot be accepted as it is. What was typed stands on the answer and goes out again only when a person presses the
button, with a token that holds. Only what a page of this portal sent comes back: another site could else put words
into somebody's mouth. Passwords are never sent back, and files cannot be.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render, resolve_url

from accounts.public_forms.origin import was_sent_from_here

TOKEN = "csrfmiddlewaretoken"  # noqa: S105  # the name of the field
# Shown to be recognised, not to be read at length; what is sent again is whole.
MOST_SHOWN, LONGEST_SHOWN = 30, 400
_PASSWORD = re.compile(r"pass|pwd|secret", re.IGNORECASE)
# What programs write into forms: numbers, keys, codes of choices, stamps with a signature, JSON.
_NOT_WORDS = re.compile(r"[\d.,:+\s-]*|[a-z0-9_-]+|[\w=-]+(:[\w=-]+)+|[\[{].*", re.DOTALL)


@dataclass(frozen=True)
class KeptForm:
    """What was sent, without what must not come back."""

    address: str
    fields: list[tuple[str, str]]
    passwords: list[str]
    files: list[str]

    @property
    def words(self) -> list[str]:
        """What a person recognises of it."""
        typed = [value.strip() for _name, value in self.fields]
        found = dict.fromkeys(value for value in typed if len(value) > 1 and not _NOT_WORDS.fullmatch(value))
        return [value[:LONGEST_SHOWN] + "…" * (len(value) > LONGEST_SHOWN) for value in found][:MOST_SHOWN]


def kept(request: HttpRequest) -> KeptForm | None:
    """What may come back of this request; nothing of one that another site sent, or that is no form of a page."""
    is_form = request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}
    if request.method != "POST" or not is_form or not was_sent_from_here(request):
        return None
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name != TOKEN]
    if sum(len(name) + len(value) for name, value in sent) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return None
    return KeptForm(
        address=request.get_full_path(),
        fields=[(name, value) for name, value in sent if not _PASSWORD.search(name)],
        passwords=list(dict.fromkeys(name for name, _value in sent if _PASSWORD.search(name))),
        files=[file.name or "" for _name, files in request.FILES.lists() for file in files],
    )


def send_again(request: HttpRequest, form: KeptForm, *, signed_out: bool) -> HttpResponse:
    """The page with the button. The form was not accepted, so the answer says 403."""
    return render(request, "errors/send_again.html", {"kept": form, "signed_out": signed_out}, status=403)


class SignedOutMiddleware:
    """Keeps what was typed where a session ended before the form was sent, instead of leading to an empty sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != 302 or request.method != "POST" or request.user.is_authenticated:
            return response
        # A view that refuses strangers names itself as the way back; one that is done and leads to sign in does not.
        target = urlsplit(response["Location"])
        back = dict(parse_qsl(target.query)).get(REDIRECT_FIELD_NAME, "")
        if target.path != resolve_url(settings.LOGIN_URL) or urlsplit(back).path != request.path:
            return response
        form = kept(request)
        return send_again(request, form, signed_out=True) if form and form.fields else response
