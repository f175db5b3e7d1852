from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from accounts.profile import next_steps
from accounts.profile.next_steps import Deed, Done, Step
from accounts.public_forms import throttling
from accounts.users.models import User
from notifications.following import overview, subscribing
from notifications.following.forms import FollowForm
from notifications.subscriptions import topics
from notifications.subscriptions.links import manage_token, read_confirm_token, read_stop_token
from notifications.subscriptions.models import Subscription


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


@method_decorator(never_cache, name="dispatch")
class FollowView(View):
    """Follow a call, all calls, the news, a search: address, language, moments."""

    key: str
    topic: topics.Topic

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.key = request.GET.get("topic", "")
        topic = topics.asked_for(self.key, _language())
        if topic is None:
            raise Http404
        self.topic = topic

    def get(self, request: HttpRequest) -> HttpResponse:
        user = request.user if isinstance(request.user, User) else None
        return self._page(FollowForm(topic=self.topic, initial=self._known(user)))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FollowForm(request.POST, topic=self.topic)
        if not form.is_valid():
            return self._page(form)
        answers = form.cleaned_data
        if not throttling.allow_act(request, "follow", person=answers["email"], act=form.act | {"topic": self.key}):
            form.add_error(None, _("That was asked very often in a short time. Wait an hour and send it again."))
            return self._page(form, status=429)
        user = request.user if isinstance(request.user, User) else None
        with transaction.atomic():
            key = topics.made(self.key)
            if key is None:
                raise Http404
            subscription = subscribing.ask(
                email=answers["email"],
                topic=key,
                language=answers["language"],
                offsets=answers.get("offsets", []),
                wording=form.wording,
                by=user,
            )
        if user and subscription.user_id == user.pk and subscription.status == Subscription.Status.ACTIVE:
            return redirect("accounts:my_page")
        return redirect("notifications:asked")

    def _known(self, user: User | None) -> dict[str, str]:
        if user is None:
            return {"language": _language()}
        return {"email": user.email, "language": user.mail_language}

    def _page(self, form: FollowForm, status: int = 200) -> HttpResponse:
        return render(self.request, "notifications/follow.html", {"form": form, "topic": self.topic}, status=status)


@never_cache
@require_GET
def asked(request: HttpRequest) -> HttpResponse:
    """Look into your mailbox: the same words whatever we know of the address."""
    return render(request, "notifications/asked.html", {"days": subscribing.CONFIRM_DAYS})


@method_decorator(never_cache, name="dispatch")
class ConfirmView(View):
    """Behind the link in the first mail: a button, because mail programs follow links by themselves."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        wanted = read_confirm_token(token)
        subscription = Subscription.objects.filter(uuid=wanted["uuid"]).first() if wanted else None
        topic = topics.resolve(subscription.topic, _language()) if subscription else None
        if wanted is None or subscription is None or topic is None:
            return render(request, "notifications/link_used.html", status=410)
        if subscribing.was_confirmed(subscription, wanted):
            return self._confirmed(subscription)
        return render(request, "notifications/confirm.html", {"topic": topic})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        subscription = subscribing.confirm(token)
        if subscription is None:
            return render(request, "notifications/link_used.html", status=410)
        return self._confirmed(subscription)

    def _confirmed(self, subscription: Subscription) -> HttpResponse:
        topic = topics.resolve(subscription.topic, _language())
        followed = overview.followed(subscription, topic) if topic else None
        user = self.request.user if isinstance(self.request.user, User) else None
        done = Done(Deed.FOLLOW, (subscription.topic,), user, _language())
        own = [Step(_("See what you follow"), reverse("notifications:manage", args=[manage_token(subscription)]))]
        facts = {"followed": followed, "steps": next_steps.after(done, *own)}
        return render(self.request, "notifications/confirmed.html", facts)


@method_decorator(never_cache, name="dispatch")
class StopView(View):
    """Behind the link under each mail: a button. Looking at it stops nothing."""

    subscription: Subscription

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        subscription = read_stop_token(kwargs["token"])
        if subscription is None:
            raise Http404
        self.subscription = subscription

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        stopped = self.subscription.status == Subscription.Status.STOPPED
        return render(request, f"notifications/{'stopped' if stopped else 'stop'}.html", self._words())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        subscribing.stop(self.subscription)
        return render(request, "notifications/stopped.html", self._words())

    def _words(self) -> dict[str, Any]:
        return {"topic": topics.resolve(self.subscription.topic, _language()), "key": self.subscription.topic}


@method_decorator(csrf_exempt, name="dispatch")
class StopNowView(StopView):
    """What a mail program's own "unsubscribe" button posts to (RFC 8058): no cookie, no page, the token is proof."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return redirect("notifications:stop", token)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        subscribing.stop(self.subscription)
        return HttpResponse(status=200, content_type="text/plain")
