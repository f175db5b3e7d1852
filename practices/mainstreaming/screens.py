"""Screens of the admin: the history of a practice or of a policy hook, the next step of it, and its corrections."""

from abc import abstractmethod
from typing import Any, ClassVar, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.users.models import User
from practices.mainstreaming import moving
from practices.mainstreaming.forms import MoveForm, StatusForm, StepForm
from practices.mainstreaming.models import HookStatus, PolicyHook, StageMove
from practices.mainstreaming.steps import Step
from practices.practice.models.practice import Practice


class HistoryScreen(View):
    """What happened so far, and a form for what happened next; `?corrects=` opens it for a wrong row."""

    model: ClassVar[type[models.Model]]
    title: ClassVar[Promise]
    said: ClassVar[Promise]

    subject: Any
    corrects: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        meta = self.model._meta
        if not request.user.has_perm(f"{meta.app_label}.change_{meta.model_name}"):
            raise PermissionDenied
        self.subject = get_object_or_404(self.model, pk=kwargs["pk"])
        asked = request.GET.get("corrects", "")
        wrong = asked if asked.isascii() and asked.isdecimal() and len(asked) < 19 else None
        self.corrects = get_object_or_404(self.rows(), pk=wrong or 0) if asked else None
        return super().dispatch(request, *args, **kwargs)

    @abstractmethod
    def rows(self) -> Any:
        """The whole history, as it happened, corrected rows included."""

    @abstractmethod
    def ask(self, data: Any) -> StepForm:
        """The form."""

    @abstractmethod
    def enter(self, form: Any) -> Step:
        """What the form says, as a row."""

    @abstractmethod
    def here(self) -> str:
        """The address of this screen."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(self.ask(None))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = self.ask(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            self.enter(form)
        except ValidationError as error:
            _put(form, error)
            return self._page(form, status=422)
        messages.success(request, str(self.said))
        return redirect(self.here())

    @property
    def author(self) -> User:
        """Who enters it, for the record."""
        return cast(User, self.request.user)

    def _page(self, form: StepForm, *, status: int = 200) -> HttpResponse:
        viewset = self.model.snippet_viewset  # type: ignore[attr-defined]  # Wagtail puts it there
        rows = list(self.rows().select_related("by", "correction"))
        facts = {
            "title": _("Correct a row") if self.corrects else self.title,
            "subject": self.subject,
            "form": form,
            "rows": rows,
            "corrects": self.corrects,
            "here": self.here(),
            "back_url": reverse(viewset.get_url_name("edit"), args=[self.subject.pk]),
        }
        return render(self.request, "practices/admin/history.html", facts, status=status)


def _put(form: StepForm, error: ValidationError) -> None:
    """An error at its field, or above the form where the form has no such field."""
    for name, errors in (error.error_dict if hasattr(error, "error_dict") else {None: error}).items():
        form.add_error(name if name in form.fields else None, errors)


class MoveTheStage(HistoryScreen):
    """How a practice moved through the stages."""

    model = Practice
    title = gettext_lazy("Move the stage")
    said = gettext_lazy("It stands in the history of the practice.")

    def rows(self) -> Any:
        return StageMove.objects.filter(practice=self.subject).select_related("stage", "before").in_order()

    def ask(self, data: Any) -> MoveForm:
        return MoveForm(data, practice=self.subject, corrects=self.corrects)

    def enter(self, form: MoveForm) -> StageMove:
        asked = form.cleaned_data
        to, on, before = asked["to"], asked["on"], asked.get("before")
        if self.corrects:
            reason = asked["reason"]
            return moving.correct_move(
                self.corrects, reason=reason, to=to, on=on, told=form.told, before=before, by=self.author
            )
        return moving.move(self.subject, to=to, on=on, before=before, by=self.author, **vars(form.told))

    def here(self) -> str:
        return stage_url(self.subject)


class MoveTheStatus(HistoryScreen):
    """How far a policy hook came."""

    model = PolicyHook
    title = gettext_lazy("Change the status")
    said = gettext_lazy("It stands in the history of the policy hook.")

    def rows(self) -> Any:
        return HookStatus.objects.filter(hook=self.subject).in_order()

    def ask(self, data: Any) -> StatusForm:
        return StatusForm(data, corrects=self.corrects)

    def enter(self, form: StatusForm) -> HookStatus:
        asked, told = form.cleaned_data, form.told
        to, on = asked["to"], asked["on"]
        if self.corrects:
            reason = asked["reason"]
            return moving.correct_status(self.corrects, reason=reason, to=to, on=on, told=told, by=self.author)
        return moving.set_status(self.subject, to=to, on=on, by=self.author, **vars(told))

    def here(self) -> str:
        return status_url(self.subject)


def stage_url(practice: Practice) -> str:
    """The screen that moves this practice."""
    return reverse("practices_admin_stage", args=[practice.pk])


def status_url(hook: PolicyHook) -> str:
    """The screen that moves this policy hook."""
    return reverse("practices_admin_hook_status", args=[hook.pk])


def urlpatterns() -> list[URLPattern]:
    """Where both stand in the admin."""
    return [
        path("practices/stage/<int:pk>/", MoveTheStage.as_view(), name="practices_admin_stage"),
        path("practices/policy/<int:pk>/status/", MoveTheStatus.as_view(), name="practices_admin_hook_status"),
    ]
