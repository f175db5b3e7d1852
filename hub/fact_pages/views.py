"""The button that makes the missing pages of a call or an event."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import ngettext
from django.views import View
from django.views.decorators.http import require_POST

from accounts.users.models import User
from hub.changes.screens import found

Make = Callable[..., list[Any]]


@method_decorator(require_POST, "dispatch")
class MakeMissingPages(View):
    """Makes them and leads back to the fact's screen, where each draft can be opened.

    `as_view` takes the `model` of the fact and what makes its pages: `make(fact, by=user)`.
    """

    model: type[Any] = Model
    make: Make = list

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        fact = found(request, self.model, pk)
        if not isinstance(request.user, User):
            raise PermissionDenied
        made = self.make(fact, by=request.user)
        words = ngettext(
            "%(number)d draft was made: open it, write its words, then publish it.",
            "%(number)d drafts were made: open each, write its words, then publish it.",
            len(made),
        )
        messages.success(request, words % {"number": len(made)})
        return redirect(fact.snippet_viewset.get_url_name("edit"), fact.pk)
