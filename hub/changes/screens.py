"""The admin's screens for a change that people are told of: fill in, look at the mails, press one button."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, TypeVar

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import ngettext
from django.views import View

from accounts.users.models import User
from hub.changes.reasons import ReasonForm
from notifications.delivery.rendering import Rendered

CONFIRM, BACK = "confirm", "back"

Found = TypeVar("Found", bound=models.Model)


@dataclass(frozen=True)
class Preview:
    """A mail in one language."""

    language: str
    mail: Rendered


class Told(Protocol):
    """The record of a change, with the number of people who were told."""

    told: int


def in_each_language(render_in: Callable[[str], Rendered]) -> list[Preview]:
    """A mail as its readers get it in each language of the portal."""
    return [Preview(code, render_in(code)) for code, _name in settings.LANGUAGES]


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was filled in, to be carried through the preview."""
    leave_out = {"csrfmiddlewaretoken", CONFIRM, BACK, "preview"}
    return [(name, str(value)) for name, value in request.POST.items() if name not in leave_out]


def found(request: HttpRequest, model: type[Found], pk: int) -> Found:
    """The thing that a screen is about, for staff who may change it."""
    if not request.user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}"):
        raise PermissionDenied
    return get_object_or_404(model, pk=pk)


class ChangeScreen(View):
    """One such change; a subclass says what it asks, what it tells and what it does.

    `template` asks, `preview_template` shows the mails before anything happens.
    """

    template: ClassVar[str]
    preview_template: ClassVar[str]
    title: ClassVar[Promise]
    preview_title: ClassVar[Promise]

    subject: models.Model
    back_url: str

    @abstractmethod
    def look_up(self, **keys: int) -> None:
        """Set `subject` and `back_url`, or refuse."""

    @abstractmethod
    def ask(self, data: Any) -> ReasonForm:
        """The form, filled in with `data` if there is any."""

    @abstractmethod
    def receivers(self) -> int:
        """How many people would be told now."""

    @abstractmethod
    def plan(self, form: Any) -> Any:
        """The change as it would be, unsaved; raises `ValidationError` when it cannot be made."""

    @abstractmethod
    def preview(self, planned: Any, language: str) -> Rendered:
        """The mail about the planned change."""

    @abstractmethod
    def carry_out(self, form: Any) -> Told:
        """Make the change and tell everyone; raises `ValidationError` when it cannot be made."""

    @abstractmethod
    def done(self) -> str:
        """What to say when it is made."""

    @property
    def author(self) -> User | None:
        """Who makes the change, for the record."""
        return self.request.user if isinstance(self.request.user, User) else None

    def already(self) -> str:
        """What to say instead of asking, when there is nothing left to change."""
        return ""

    def around(self) -> Mapping[str, Any]:
        """What the templates get besides."""
        return {}

    def warnings(self, planned: Any) -> list[str]:
        """What is odd about the planned change, though it may be meant so."""
        return []

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.look_up(**kwargs)
        if said := self.already():
            messages.warning(request, said)
            return redirect(self.back_url)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **keys: int) -> HttpResponse:
        return self._asking(self.ask(None))

    def post(self, request: HttpRequest, **keys: int) -> HttpResponse:
        form = self.ask(request.POST)
        if BACK in request.POST or not form.is_valid():
            return self._asking(form)
        try:
            return self._made(form) if CONFIRM in request.POST else self._previewed(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self._asking(form)

    def _asking(self, form: ReasonForm) -> HttpResponse:
        return self._page(self.template, title=self.title, form=form)

    def _previewed(self, form: ReasonForm) -> HttpResponse:
        planned = self.plan(form)
        shown = in_each_language(lambda language: self.preview(planned, language))
        return self._page(
            self.preview_template,
            title=self.preview_title,
            planned=planned,
            previews=shown,
            typed=typed(self.request),
            warnings=self.warnings(planned),
        )

    def _made(self, form: ReasonForm) -> HttpResponse:
        change = self.carry_out(form)
        told = ngettext("%(told)d person is told.", "%(told)d people are told.", change.told) % {"told": change.told}
        messages.success(self.request, f"{self.done()} {told}")
        return redirect(self.back_url)

    def _page(self, template: str, **facts: Any) -> HttpResponse:
        known = {"subject": self.subject, "back_url": self.back_url, "receivers": self.receivers()}
        return render(self.request, template, known | dict(self.around()) | facts)
