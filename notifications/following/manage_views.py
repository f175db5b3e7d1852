"""The page behind the link under each mail: everything that an address follows, without an account."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from accounts.public_forms import throttling
from accounts.users import addresses
from accounts.users.models import User
from notifications.following import managing, overview, subscribing
from notifications.following.forms import ChoicesForm, LinkForm
from notifications.subscriptions import topics
from notifications.subscriptions.links import read_manage_token
from notifications.subscriptions.models import Subscription


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


@method_decorator(never_cache, name="dispatch")
class ManagingView(View):
    """What all of these pages share: the address that the link speaks for; a link too old leads to a new one."""

    token: str
    email: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.token = kwargs["token"]
        speaks_for = read_manage_token(self.token)
        if speaks_for is None:
            return render(request, "notifications/manage_link.html", {"form": LinkForm(), "is_old": True}, status=410)
        self.email = speaks_for.email
        return super().dispatch(request, *args, **kwargs)

    def subscription(self, pk: int) -> Subscription:
        """One of this address's own; anybody else's does not exist here."""
        return get_object_or_404(Subscription.objects.of(self.email), pk=pk)

    def page(self, template: str, **words: Any) -> HttpResponse:
        facts = {"token": self.token, "email": self.email, "back": self.back_url()}
        return render(self.request, f"notifications/{template}.html", facts | words)

    def back_url(self) -> str:
        """Where the list is: on "my page" for whoever is signed in and has proved this address."""
        user = self.request.user
        if isinstance(user, User) and addresses.holds(user, self.email):
            return redirect("accounts:my_page").url
        return redirect("notifications:manage", self.token).url

    def back(self, done: str) -> HttpResponse:
        messages.success(self.request, done)
        return redirect(self.back_url())


class ManageView(ManagingView):
    """The list."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page("manage", rows=overview.all_followed(self.email, _language()))


class ChangeView(ManagingView):
    """Language and moments of one topic."""

    def get(self, request: HttpRequest, token: str, pk: int) -> HttpResponse:
        subscription, topic = self._found(pk)
        initial = {"language": subscription.language, "offsets": subscription.offsets}
        return self.page("change", form=ChoicesForm(topic=topic, initial=initial), topic=topic)

    def post(self, request: HttpRequest, token: str, pk: int) -> HttpResponse:
        subscription, topic = self._found(pk)
        form = ChoicesForm(request.POST, topic=topic)
        if not form.is_valid():
            return self.page("change", form=form, topic=topic)
        answers = form.cleaned_data
        managing.change(subscription, language=answers["language"], offsets=answers.get("offsets", []))
        return self.back(_("Changed. The next mail about “%(topic)s” follows your choice.") % {"topic": topic.title})

    def _found(self, pk: int) -> tuple[Subscription, topics.Topic]:
        subscription = self.subscription(pk)
        topic = topics.resolve(subscription.topic, _language())
        if topic is None or subscription.status != Subscription.Status.ACTIVE:
            raise Http404
        return subscription, topic


class StopOneView(ManagingView):
    """The button beside one line."""

    def post(self, request: HttpRequest, token: str, pk: int) -> HttpResponse:
        subscription = self.subscription(pk)
        subscribing.stop(subscription)
        topic = topics.resolve(subscription.topic, _language())
        if topic is None:
            return self.back(_("Nothing more will come."))
        return self.back(_("Nothing more will come about “%(topic)s”.") % {"topic": topic.title})


class StopAllView(ManagingView):
    """The button below the list."""

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        managing.stop_all(self.email)
        return self.back(_("All mails are stopped."))


class EraseView(ManagingView):
    """Forget this address: asked once more, because it cannot be undone."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page("erase")

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        managing.erase(self.email)
        return redirect("notifications:erased")


@never_cache
def erased(request: HttpRequest) -> HttpResponse:
    """Nothing is left to be shown; sent twice, the erasing form ends on the page about old links."""
    return render(request, "notifications/erased.html")


@method_decorator(never_cache, name="dispatch")
class LinkView(View):
    """Ask for a fresh link; the answer is the same whatever we know of the address."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(LinkForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = LinkForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        email = form.cleaned_data["email"]
        if not throttling.allow_act(request, "manage", person=email, act=form.act):
            form.add_error(None, _("That was asked very often in a short time. Wait an hour and send it again."))
            return self._page(form, status=429)
        managing.send_link(email)
        return redirect("notifications:link_sent")

    def _page(self, form: LinkForm, status: int = 200) -> HttpResponse:
        return render(self.request, "notifications/manage_link.html", {"form": form}, status=status)


@never_cache
def link_sent(request: HttpRequest) -> HttpResponse:
    """Look into your mailbox."""
    return render(request, "notifications/link_sent.html")
