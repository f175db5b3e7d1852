"""A profile that several people keep: what the form holds, what somebody else changed meanwhile, and saving it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext
from wagtail.images import get_image_model

from accounts.users.models import User
from hub.facts.record import recorded
from partners.organisations.models import Organisation, OrganisationText
from partners.profile.forms import ONE, PLAIN, SEVERAL, ProfileForm

SEEN = "seen"
_SALT = "partners.profile"

Values = dict[str, Any]


@dataclass(frozen=True)
class TheirChange:
    """What somebody else changed while a form was open, and whether the form holds their words now."""

    label: str
    now: str
    is_in_form: bool


def shown(organisation: Organisation) -> Values:
    """What the form shows of a profile, as plain values."""
    values: Values = {name: getattr(organisation, name) for name in PLAIN}
    values |= {name: term.code if (term := getattr(organisation, name)) else "" for name in ONE}
    terms = list(organisation.terms.all())
    for name, vocabulary in SEVERAL.items():
        values[name] = sorted(term.code for term in terms if term.vocabulary == vocabulary)
    texts = {text.language: text for text in organisation.texts.all()}
    for code, _name in settings.LANGUAGES:
        text = texts.get(code)
        values |= {f"summary_{code}": text.summary if text else "", f"body_{code}": text.body if text else ""}
    return values


def signed(values: Values) -> str:
    """What the page carries of what it showed."""
    return signing.dumps(values, salt=_SALT, compress=True)


def loaded(data: QueryDict) -> Values | None:
    """What the page had shown when it was opened; None when it does not say."""
    try:
        return dict(signing.loads(data.get(SEEN, ""), salt=_SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def merged(form: ProfileForm, sent: QueryDict, before: Values, now: Values) -> tuple[QueryDict, list[TheirChange]]:
    """What was sent, with the other's value wherever the sender had left the field as it was; and what they changed."""
    data, told = sent.copy(), []
    for name in now:
        if before.get(name) == now[name]:
            continue
        is_untouched = _plain(data.getlist(name)) == _plain(_as_list(before.get(name, "")))
        if is_untouched:
            data.setlist(name, _as_list(now[name]))
        field = form.fields[name]
        told.append(TheirChange(str(field.label), _words(field, now[name]), is_in_form=is_untouched))
    return data, told


def _as_list(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _plain(values: list[str]) -> list[str]:
    """In one shape: browsers have line ends of their own."""
    return sorted("\n".join(value.splitlines()).strip() for value in values if value.strip())


def _words(field: forms.Field, value: Any) -> str:
    choices = getattr(field, "choices", None)
    labels = {str(code): str(label) for code, label in choices} if choices is not None else {}
    return ", ".join(labels.get(each, each) for each in _as_list(value)) or gettext("nothing")


@transaction.atomic
def save(organisation: Organisation, form: ProfileForm, *, by: User) -> None:
    """Write a valid form; what changed goes on record, where staff read it and can take it back."""
    with recorded(organisation, by=by):
        answers = form.cleaned_data
        kept = [term for term in organisation.terms.all() if term.vocabulary not in SEVERAL.values()]
        organisation.terms = [*kept, *(term for name in SEVERAL for term in answers[name])]
        if file := answers.get("logo_file"):
            organisation.logo = _picture(organisation, file, by=by)
        elif answers.get("logo_remove"):
            organisation.logo = None
        written = [code for code, _name in settings.LANGUAGES if answers[f"summary_{code}"]]
        others = {text.language for text in organisation.texts.all()} - dict(settings.LANGUAGES).keys()
        if organisation.original_language not in {*written, *others}:
            organisation.original_language = written[0]
        organisation.save()
        _write_texts(organisation, answers)


def _write_texts(organisation: Organisation, answers: Values) -> None:
    texts = OrganisationText.objects.filter(organisation=organisation)
    for code, _name in settings.LANGUAGES:
        words = {"summary": answers[f"summary_{code}"], "body": answers[f"body_{code}"]}
        known = texts.filter(language=code).first()
        if not words["summary"]:
            texts.filter(language=code).delete()
        elif known is None:
            OrganisationText.objects.create(organisation=organisation, language=code, **words)
        elif (known.summary, known.body) != (words["summary"], words["body"]):
            known.summary, known.body = words["summary"], words["body"]
            known.save()


def _picture(organisation: Organisation, file: Any, *, by: User) -> Any:
    title = gettext("Logo of %(name)s") % {"name": organisation.name}
    return get_image_model().objects.create(title=title[:255], file=file, uploaded_by_user=by)
