"""Something of a consortium is removed by a button that asked before: the same answer whatever it is."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from consortia.consortium.actions import RefusedError


def removed(request: HttpRequest, remove: Callable[[], object], *, back: str) -> HttpResponse:
    """Do it and lead `back` to the list, where a message says what came of it."""
    try:
        remove()
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, gettext("Done. The log says what happened."))
    return redirect(back)
