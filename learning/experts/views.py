"""Where somebody agrees to be named, takes it back, and where those who keep a question ask and accept them."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.public_forms.names import validate_name
from learning.experts import naming
from learning.experts.models import Expert
from learning.questions import ways
from learning.questions.models import Question
from partners.organisations.models import Organisation


class ExpertForm(forms.Form):
    """What the page says of somebody who knows about a question."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("Your name"),
        error_messages={"required": _("Enter your name.")},
        max_length=120,
        validators=[validate_name],
    )
    organisation_name = forms.CharField(
        label=_("Your organisation"), max_length=160, required=False, validators=[validate_name]
    )
    field = forms.CharField(
        label=_("What you know about"),
        error_messages={"required": _("Enter what you know about.")},
        help_text=_("In a few words."),
        max_length=200,
        validators=[validate_name],
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages that you speak"),
        error_messages={"required": _("Choose at least one language.")},
        choices=lambda: settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    agrees = forms.BooleanField(error_messages={"required": _("Tick the box to agree.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wording = gettext(
            "Everybody may read my name, organisation, field and languages on the page of this question. I can take "
            "this back at any time on the same page."
        )
        self.fields["agrees"].label = self.wording


class InviteForm(forms.Form):
    """Whom to ask."""

    use_required_attribute = False

    email = forms.EmailField(label=_("E-mail address"), error_messages={"required": _("Enter an e-mail address.")})
    language = forms.ChoiceField(
        label=_("Language of the mail"),
        error_messages={"required": _("Choose the language of the mail.")},
        choices=lambda: settings.LANGUAGES,
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer to be named, or change what is said of oneself."""
    return _agree(request, ways.public(slug), is_invited=False)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agree_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The same for who was asked: they stand on the page at once, if the mail came to an address of theirs."""
    found = naming.question_of(token)
    if found is None:
        return render(request, "learning/experts/unknown.html", {"crumbs": ways.crumbs()}, status=404)
    return _agree(request, found, is_invited=naming.is_for(token, ways.signed_in(request), found))


@never_cache
@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Not named any more; nothing of it is kept."""
    found = ways.public(slug)
    naming.withdraw(found, user=ways.signed_in(request))
    messages.success(request, gettext("You are not named on this page any more. What stood there is deleted."))
    return redirect(found.get_absolute_url())


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask somebody by mail."""
    found = ways.kept(request, slug)
    form = InviteForm(request.POST if request.method == "POST" else None, initial={"language": ways.language()})
    if form.is_valid():
        said = form.cleaned_data
        try:
            naming.invite(found, email=said["email"], language=said["language"], by=ways.signed_in(request))
        except naming.TooManyError:
            told = gettext("You asked so many people today that the next one has to wait until tomorrow.")
            form.add_error(None, told)
        else:
            messages.success(request, gettext("The mail is on its way. Once they agree, they stand on the page."))
            return redirect("learning:keep", slug=slug)
    facts = {"form": form, "days": naming.DAYS, **_about(found)}
    return render(request, "learning/experts/invite.html", facts, status=422 if form.errors else 200)


@never_cache
@login_required
@require_POST
def decide(request: HttpRequest, slug: str, expert: int, action: str) -> HttpResponse:
    """Accept somebody who offered it, or name somebody no longer."""
    found = ways.kept(request, slug)
    verb = {"accept": naming.accept, "dismiss": naming.dismiss}.get(action)
    if verb is None:
        raise PermissionDenied
    about = get_object_or_404(Expert.objects.select_related("question"), question=found, pk=expert)
    if action == "accept" and request.POST.get("seen") != about.agreed_at.isoformat():
        said = gettext(
            "%(name)s changed these words after you had opened the page. Nothing was decided: read them again."
        )
        messages.error(request, said % {"name": about.name})
        return redirect("learning:keep", slug=slug)
    verb(about, by=ways.signed_in(request))
    messages.success(request, gettext("It is saved."))
    return redirect("learning:keep", slug=slug)


def _agree(request: HttpRequest, found: Question, *, is_invited: bool) -> HttpResponse:
    user = ways.signed_in(request)
    known = Expert.objects.filter(question=found, user=user).first()
    form = ExpertForm(request.POST if request.method == "POST" else None, initial=_initial(user, known))
    if form.is_valid():
        said = form.cleaned_data
        made = naming.agree(
            found,
            user=user,
            name=said["name"],
            organisation_name=said["organisation_name"],
            field=said["field"],
            languages=said["languages"],
            wording=form.wording,
            is_invited=is_invited,
        )
        messages.success(request, _thanks(made))
        return redirect(found.get_absolute_url())
    facts = {"form": form, "known": known, **_about(found)}
    return render(request, "learning/experts/agree.html", facts, status=422 if form.errors else 200)


def _thanks(made: Expert) -> str:
    if Expert.objects.public().filter(pk=made.pk).exists():
        return gettext("Thank you. You are named on the page of the question.")
    return gettext("Thank you. You are named on the page once those who look after the question agree.")


def _initial(user: Any, known: Expert | None) -> dict[str, Any]:
    if known:
        return {name: getattr(known, name) for name in ("name", "organisation_name", "field", "languages")}
    own = Organisation.objects.acted_for_by(user).order_by("pk").first()
    spoken = [user.mail_language]
    return {"name": user.get_full_name(), "organisation_name": own.name if own else "", "languages": spoken}


def _about(found: Question) -> dict[str, Any]:
    way = [*ways.crumbs(found)]
    keeping = {"title": gettext("Look after the question"), "url": reverse("learning:keep", args=[found.slug])}
    return {"question": found, "text": found.text_in(ways.language()), "crumbs": way, "keeping": keeping}
