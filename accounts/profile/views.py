from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.profile import my_page as page
from accounts.profile import to_do
from accounts.profile.forms import ProfileForm
from accounts.users.models import User


@login_required
@require_GET
def my_page(request: HttpRequest) -> HttpResponse:
    """What I have to do next, what I follow, what I signed up for, what my organisation has going on."""
    user = cast(User, request.user)
    language = get_language() or user.mail_language
    tasks = to_do.tasks(user, language)
    context = {
        "sections": page.sections(user, language),
        "next_task": next(iter(tasks), None),
        "tasks": tasks[1:],
    }
    return render(request, "accounts/my_page.html", context)


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Name and the language of mails."""
    form = ProfileForm(request.POST or None, instance=cast(User, request.user))
    if request.method == "POST" and form.is_valid():
        user = form.save()
        with override(user.mail_language):
            messages.success(request, _("Your details are saved."))
            return redirect("accounts:my_page")
    return render(request, "accounts/profile.html", {"form": form})
