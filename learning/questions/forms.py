"""What people fill in about a question."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.users.models import User
from events.agenda.models import Event
from hub.languages.names import language_name
from hub.vocabularies.models import Term
from learning.questions.models import LONGEST_NOTE, LONGEST_WHY, LONGEST_WORDS, Question
from partners.organisations.models import Organisation
from partners.profile.forms import SeveralTermsField
from practices.practice.models.practice import Practice, PracticeQuerySet

MOST_PRACTICES = 30
_LAST_PART = re.compile(r"([-a-zA-Z0-9_]+)/?(?:[?#].*)?$")


class LanguageField(forms.ChoiceField):
    """The language that somebody writes in, at first the one they read."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            label=_("Language you write in"),
            error_messages={"required": _("Choose the language that you write in.")},
            choices=lambda: settings.LANGUAGES,
            initial=get_language,
            **more,
        )


class ProposeForm(forms.Form):
    """A question for the agenda."""

    use_required_attribute = False

    words = forms.CharField(
        label=_("Your question"),
        error_messages={"required": _("Enter your question.")},
        help_text=_("One question, as you would ask a colleague. It need not have an answer yet."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 3}),
    )
    why = forms.CharField(
        label=_("Why it matters"),
        error_messages={"required": _("Enter why it matters.")},
        help_text=_("What would somebody do differently if they knew?"),
        max_length=LONGEST_WHY,
        widget=forms.Textarea({"rows": 6}),
    )
    language = LanguageField()
    themes = SeveralTermsField(label=_("Themes"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].queryset = Term.objects.of("theme")  # type: ignore[attr-defined]  # a choice of terms

    def clean_words(self) -> str:
        return " ".join(self.cleaned_data["words"].split())


class SeenForm(forms.Form):
    """A form that carries what stood when it was drawn."""

    use_required_attribute = False

    seen = forms.CharField(widget=forms.HiddenInput, max_length=200)


class PracticesField(forms.CharField):
    """Practices by the addresses of their pages, one a line: a list of the whole library would be too long.

    Those that belong to the question already (`kept`) stay, whether or not visitors see them at the moment.
    """

    kept: PracticeQuerySet | None = None

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 3}), required=False, max_length=10_000, **more)

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_PRACTICES:
            raise ValidationError(gettext("At most %(most)d practices.") % {"most": MOST_PRACTICES})
        slugs = [found[1] if (found := _LAST_PART.search(line)) else line for line in lines]
        offered = [Practice.objects.public(), *([] if self.kept is None else [self.kept])]
        known = {practice.slug: practice for rows in offered for practice in rows.filter(slug__in=slugs)}
        for line, slug in zip(lines, slugs, strict=True):
            if slug not in known:
                said = gettext("There is no practice at this address: %(line)s")
                raise ValidationError(said % {"line": line})
        return list(dict.fromkeys(known[slug] for slug in slugs))


class PlanForm(SeenForm):
    """What happens next, and what belongs to the question."""

    next_step = forms.CharField(
        label=_("Next step"),
        help_text=_("What happens so that we know more."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3}),
    )
    next_step_on = forms.DateField(
        label=_("By when"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    review_due = forms.DateField(
        label=_("The answer is looked at again by"),
        help_text=_("Everybody reads it; it reminds those who own the question on their page."),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    practices = PracticesField(
        label=_("Practices"), help_text=_("The addresses of their pages in the library, one on each line.")
    )
    events = forms.ModelMultipleChoiceField(
        queryset=Event.objects.none(),
        label=_("Events"),
        help_text=_("Where people learn about it from each other. The question then stands on the event’s page."),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "choices--long"}),
    )
    themes = SeveralTermsField(label=_("Themes"))
    targets = SeveralTermsField(label=_("Target groups"))

    field_order = (
        *("next_step", "next_step_on", "review_due", "practices", "events", "themes", "targets"),
        "seen",
    )

    def __init__(self, *args: Any, question: Question, events: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practices"].kept = Practice.objects.filter(learning_questions=question)  # type: ignore[attr-defined]  # ours
        self.fields["events"].queryset = events  # type: ignore[attr-defined]  # a choice of events
        for name, vocabulary in {"themes": "theme", "targets": "target"}.items():
            self.fields[name].queryset = Term.objects.of(vocabulary)  # type: ignore[attr-defined]  # a choice of terms

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("next_step_on") and not cleaned.get("next_step"):
            self.add_error("next_step", gettext("Say what happens by then, or remove the date."))
        return cleaned


class WordsForm(SeenForm):
    """The question and why it matters, in each language of the portal."""

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts = {text.language: text for text in question.texts.all()}
        for code, _name in settings.LANGUAGES:
            text, language = texts.get(code), {"language": language_name(code)}
            self.fields[f"words_{code}"] = forms.CharField(
                label=gettext("Question in %(language)s") % language,
                required=False,
                max_length=LONGEST_WORDS,
                initial=text.words if text else "",
                widget=forms.Textarea({"rows": 2, "lang": code}),
            )
            self.fields[f"why_{code}"] = forms.CharField(
                label=gettext("Why it matters, in %(language)s") % language,
                required=False,
                max_length=LONGEST_WHY,
                initial=text.why if text else "",
                widget=forms.Textarea({"rows": 4, "lang": code}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for code, _name in settings.LANGUAGES:
            words, why = cleaned.get(f"words_{code}"), cleaned.get(f"why_{code}")
            if words and not why:
                self.add_error(f"why_{code}", gettext("Say why it matters."))
            if why and not words:
                self.add_error(f"words_{code}", gettext("Write the question, too."))
        if not any(cleaned.get(f"words_{code}") for code, _name in settings.LANGUAGES) and not self.errors:
            self.add_error(None, gettext("Write the question in one language at least."))
        return cleaned

    @property
    def texts(self) -> dict[str, tuple[str, str]]:
        """By language the question and why it matters."""
        said = self.cleaned_data
        return {
            code: (" ".join(said[f"words_{code}"].split()), said[f"why_{code}"]) for code, _name in settings.LANGUAGES
        }


class AsideForm(forms.Form):
    """Why a question is set aside."""

    use_required_attribute = False

    note = forms.CharField(
        label=_("Why it is set aside"),
        error_messages={"required": _("Enter why it is set aside.")},
        help_text=_("Everybody reads it on the page of the question."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 4}),
    )
    language = LanguageField()


class OwnerForm(forms.Form):
    """Who answers for a question: by the address of an account and the name of a profile."""

    use_required_attribute = False

    email = forms.EmailField(
        label=_("E-mail address of the person"),
        help_text=_("The address of an account on this portal. Empty: nobody in person."),
        required=False,
    )
    organisation = forms.CharField(
        label=_("Organisation"),
        help_text=_("The address of its page in the directory, or the name in it. Empty: none."),
        required=False,
        max_length=300,
    )

    def clean_email(self) -> User | None:
        if not (typed := self.cleaned_data["email"]):
            return None
        found = User.objects.filter(email=User.normalise_email(typed), is_active=True).first()
        if found is None:
            raise ValidationError(_("There is no account with this address."))
        return found

    def clean_organisation(self) -> Organisation | None:
        typed = self.cleaned_data["organisation"].strip()
        if not typed:
            return None
        found = Organisation.objects.public().filter(name__iexact=typed).first()
        if found is None and (part := _LAST_PART.search(typed)):
            found = Organisation.objects.public().filter(slug=part[1]).first()
        if found is None:
            raise ValidationError(_("There is no such organisation in the directory."))
        return found
