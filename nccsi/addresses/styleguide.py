"""The living style guide: every token and component with example data, for staff and in the demo."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from hub.templatetags.pentagon import SECTORS

COLOURS = {
    "paper": "surface",
    "card": "surface",
    "sunken": "surface",
    "ink": "text",
    "muted": "text",
    "primary": "action",
    "link": "action",
    "accent": "now and urgent, graphics only",
    "control": "border of a control",
    **dict.fromkeys(SECTORS, "sector"),
}


class ExampleForm(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label="Name", widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label="E-mail address", help_text="Only used to answer you.")
    sector = forms.ChoiceField(label="Sector", choices=[("", "Choose"), *SECTORS.items()], required=False)
    day = forms.DateField(label="Day", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    tracks = forms.MultipleChoiceField(
        label="Contributes to",
        choices=[("funding", "Financing mechanisms"), ("research", "Research and teaching"), ("region", "Regions")],
        widget=forms.CheckboxSelectMultiple,
    )
    attendance = forms.ChoiceField(
        label="How do you take part?", choices=[("room", "In the room"), ("online", "Online")], widget=forms.RadioSelect
    )
    message = forms.CharField(label="Message", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    document = forms.FileField(label="Document", required=False)
    consent = forms.BooleanField(label="You may keep these answers for this call.")


def styleguide(request: HttpRequest) -> HttpResponse:
    """All of it on one page; hidden from the public of a real site."""
    if not (settings.DEMO or request.user.has_perm("wagtailadmin.access_admin")):
        raise Http404
    response = render(request, "hub/styleguide.html", _examples())
    response["X-Robots-Tag"] = "noindex"
    return response


def _examples() -> dict[str, Any]:
    now = timezone.now()
    return {
        "colours": COLOURS,
        "chain": _chain(now),
        "counts": _counts(),
        "practices": [_practice(4, ["government", "non-profit", "citizens"]), _practice(6, list(SECTORS)[:4])],
        "facet": _facet(),
        "events": [_event(now, 12), _event(now, 0)],
        "organisation": {
            "url": "#",
            "name": "Example association",
            "sector_code": "non-profit",
            "sector": _("Non-profit"),
            "country": "Belgium",
            "summary": "What the organisation does, in one or two sentences.",
        },
        "news": {"url": "#", "title": "A title of a news item", "date": now, "introduction": "What is new, in short."},
        "call": {
            "url": "#",
            "title": "Building up national competence centres",
            "state": "open",
            "state_label": "open",
            "programme": "ESF+",
            "next_step": _chain(now).steps[1],
        },
        "steps": [
            {"text": "Put the dates of the call into your calendar (.ics)", "url": "#", "about": "Competence centres"},
            {"text": "Find partners in the directory", "url": "#"},
        ],
        "contact": {"name": "Desk of the centre", "role": "Questions about calls", "email": "desk@example.org"},
        "crumbs": [{"title": "Style guide", "url": ""}],
        "page_obj": Paginator(range(200), 10).page(4),
        "empty_form": ExampleForm(auto_id="empty_%s"),
        "wrong_form": ExampleForm({"email": "nobody"}, auto_id="wrong_%s"),
    }


def _counts() -> list[dict[str, Any]]:
    numbers = (31, 44, 12, 27, 22)
    return [
        {"code": code, "label": label, "count": number, "url": f"#{code}"}
        for (code, label), number in zip(SECTORS.items(), numbers, strict=True)
    ]


def _practice(stage: int, sectors: list[str]) -> dict[str, Any]:
    return {
        "url": "#",
        "title": "Shared homes with care",
        "summary": "Older and younger people share a house; the neighbourhood shares the care. "
        "A cooperative owns the walls.",
        "kind": "Good practice",
        "place_line": "Ghent, Belgium · since 2016",
        "stage_number": stage,
        "stage_label": "scaling",
        "evidence_number": stage - 2,
        "evidence_label": "comparison group",
        "cost": "50 000–250 000 €",
        "sectors": sectors,
        "languages": ["nl", "en"],
        "language_name": "" if stage == 4 else "Dutch",
        "themes": ["Housing and homelessness"],
    }


def _facet() -> dict[str, Any]:
    names = ["Housing", "Long-term care", "Inclusion", "Employment", "Education", "Health", "Equality", "Childcare"]
    return {
        "name": "theme",
        "label": "Theme",
        "more": True,
        "options": [
            {"code": str(place), "label": name, "count": 23 - 3 * place, "selected": place == 0, "url": "#"}
            for place, name in enumerate(names)
        ],
    }


def _event(now: datetime, seats_left: int) -> dict[str, Any]:
    return {
        "url": "#",
        "title": "Information meeting on the call",
        "when": now + timedelta(days=20),
        "until": now + timedelta(days=20, hours=2),
        "place": "Brussels and online",
        "seats_left": seats_left,
        "state": "",
    }


def _chain(now: datetime) -> SimpleNamespace:
    def step(days: int, state: str, actor: str, label: str, **more: Any) -> SimpleNamespace:
        return SimpleNamespace(
            label=label,
            actor_label=actor,
            due_at=now + timedelta(days=days),
            has_time=more.get("has_time", True),
            state=state,
            days_left=days if days > 0 else None,
            left=f"{days} days left" if days > 0 else "",
            moved_from=more.get("moved_from"),
            moved_reason=more.get("moved_reason", ""),
            calendar_url="#",
            url=more.get("url", ""),
            url_label="Show your interest" if "url" in more else "",
        )

    steps = [
        step(-14, "done", "Everyone", "Information meeting", has_time=False),
        step(12, "next", "Partners", "Declare the partnership", url="#"),
        step(
            14,
            "later",
            "Managing authority",
            "Recommendation to the Commission",
            has_time=False,
            moved_from=now + timedelta(days=9),
            moved_reason="The committee meets later.",
        ),
        step(59, "later", "Consortium", "Submit the proposal"),
    ]
    return SimpleNamespace(steps=steps, now=now)
