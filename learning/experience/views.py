"""Where somebody tells an experience."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning.experience import sharing
from learning.experience.models import LONGEST
from learning.questions import ways
from learning.questions.forms import LanguageField
from learning.questions.keeping import NotPossibleError
from partners.organisations.models import Organisation


class ExperienceForm(forms.Form):
    """What somebody went through."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("Your experience"),
        error_messages={"required": _("Enter your experience.")},
        help_text=_(
            "What you tried, where, and what came of it, also when it did not work. Leave out names of people."
        ),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 8}),
    )
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label=_("For which organisation"),
        required=False,
        empty_label=_("for none in particular"),
    )
    language = LanguageField()

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]  # a choice
        if not organisations:
            del self.fields["organisation"]


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, slug: str) -> HttpResponse:
    """An experience for the page of a question; the centre reads it first."""
    found, user = ways.public(slug), ways.signed_in(request)
    own = Organisation.objects.acted_for_by(user).order_by("name", "pk")
    form = ExperienceForm(request.POST if request.method == "POST" else None, organisations=own)
    if form.is_valid():
        said = form.cleaned_data
        try:
            sharing.tell(
                found,
                text=said["text"],
                language=said["language"],
                organisation=said.get("organisation"),
                by=user,
            )
        except sharing.TooManyError:
            told = gettext("So much of yours waits for the centre already. Nothing is lost: try again later.")
            form.add_error(None, told)
        except NotPossibleError as refused:
            form.add_error(None, str(refused))
        else:
            thanks = gettext("Thank you. The centre reads it, and you hear by mail when it is on the page.")
            messages.success(request, thanks)
            return redirect(found.get_absolute_url())
    facts = {"form": form, "question": found, "text": found.text_in(ways.language()), "crumbs": ways.crumbs(found)}
    return render(request, "learning/experience/tell.html", facts, status=422 if form.errors else 200)
