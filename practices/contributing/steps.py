"""The questions that somebody who submits a practice answers, a page for each of the questions of a reader."""

from typing import Any, cast

from django import forms
from django.db.models import Field
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.public_forms.spam import validate_name
from practices.contributing.step_form import OneLine, OneTerm, SeveralTerms, StepForm
from practices.practice.models.practice import YEARS
from practices.practice.models.texts import PracticeText
from practices.submissions.models import Answers, Submission

LONGEST_TEXT = 6000
FEWEST_SOURCES, MOST_SOURCES = 3, 10


def _words(rows: int, **kwargs: Any) -> forms.CharField:
    attrs = {"rows": rows}
    return forms.CharField(**{"max_length": LONGEST_TEXT} | kwargs, widget=forms.Textarea(attrs))


def _longest(name: str) -> int:
    """What the column holds."""
    field = cast("Field[Any, Any]", PracticeText._meta.get_field(name))
    return int(field.max_length or 0)


class AboutStep(StepForm):
    """What it is and for whom."""

    heading = _("What is it, and for whom?")
    introduction = _("Write for somebody who has never heard of it. Short sentences are best.")

    title = OneLine(label=_("Name of the practice"), max_length=_longest("title"))
    summary = OneLine(
        label=_("In one or two sentences"),
        help_text=_("What it is and for whom. This stands in the list of the library; at most 280 characters."),
        max_length=_longest("summary"),
        widget=forms.Textarea({"rows": 3}),
    )
    what = _words(8, label=_("How it works"), required=False, help_text=_("What happens, who does what, with whom."))
    kind = OneTerm("kind", label=_("Kind of practice"))
    theme = SeveralTerms("theme", label=_("Themes"), help_text=_("Choose those that it is really about."), long=True)
    target = SeveralTerms("target", label=_("Target groups"), long=True)


class ResultsStep(StepForm):
    """Does it work."""

    heading = _("Does it work?")
    introduction = _("Tell what changed, and how you know. What did not work helps others as much as what did.")

    results = _words(8, label=_("What came of it"), help_text=_("With figures where there are any, and of which year."))
    evidence = OneTerm("evidence", label=_("How sure is it?"), help_text=_("The reviewers check this with you."))

    def prepare(self) -> None:
        """Rows for the sources there are, and some more; without a script, saving makes room for the next."""
        known = len(self.submission.answers.get("sources", []))
        sent = sum(1 for name in self.data if name.startswith("source_title_"))
        for number in range(1, min(MOST_SOURCES, max(FEWEST_SOURCES, known + 1, sent)) + 1):
            numbered = {"number": number}
            self.fields[f"source_title_{number}"] = OneLine(
                label=gettext("Source %(number)d: title") % numbered, max_length=200, required=False
            )
            self.fields[f"source_url_{number}"] = forms.URLField(
                label=gettext("Source %(number)d: address") % numbered,
                max_length=200,
                required=False,
                assume_scheme="https",
                widget=forms.URLInput({"inputmode": "url", "autocomplete": "off"}),
            )

    @classmethod
    def keeps(cls) -> list[str]:
        return [*super().keeps(), "sources"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for number in self._numbers():
            title, url = f"source_title_{number}", f"source_url_{number}"
            if cleaned.get(url) and not cleaned.get(title) and title not in self.errors:
                self.add_error(title, gettext("Give this source a title."))
            if cleaned.get(title) and not cleaned.get(url) and url not in self.errors:
                self.add_error(url, gettext("Fill in the address where it can be read."))
        return cleaned

    def _numbers(self) -> list[int]:
        return [int(name.rpartition("_")[2]) for name in self.fields if name.startswith("source_title_")]

    @classmethod
    def from_answers(cls, answers: Answers) -> Answers:
        known = super().from_answers(answers)
        for number, source in enumerate(answers.get("sources", []), start=1):
            known |= {f"source_title_{number}": source["title"], f"source_url_{number}": source["url"]}
        return known

    def to_answers(self) -> Answers:
        kept = {name: self.cleaned_data[name] for name in self.base_fields}
        pairs = [(f"source_title_{number}", f"source_url_{number}") for number in self._numbers()]
        rows = [(self.cleaned_data.get(title, ""), self.cleaned_data.get(url, "")) for title, url in pairs]
        return kept | {"sources": [{"title": title, "url": url} for title, url in rows if url]}


class NeedsStep(StepForm):
    """What it takes."""

    heading = _("What does it take?")
    introduction = _("So that others can judge whether they could do it too.")

    needs = _words(8, label=_("What one needs"), help_text=_("People, time, skills, a place, partners, permissions."))
    cost = OneTerm("cost", label=_("What it costs in a year"), required=False)
    sector = SeveralTerms("sector", label=_("Who takes part"), help_text=_("The sectors that work together in it."))


class HowStep(StepForm):
    """How to do it, and where it is done."""

    heading = _("How is it done, and where?")
    introduction = _("What would you tell somebody who wants to begin tomorrow?")

    steps = _words(
        10, label=_("Step by step"), help_text=_("One step on each line, with its number: 1. Find a place. 2. …")
    )
    place = OneLine(label=_("Town or region"), max_length=100, required=False)
    country = SeveralTerms("country", label=_("Countries where it is done"), long=True)
    region = SeveralTerms("region", label=_("Regions, in Belgium"), required=False, long=True)
    since = forms.IntegerField(
        label=_("Since which year"),
        min_value=YEARS.start,
        max_value=YEARS.stop - 1,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    website = forms.URLField(
        label=pgettext_lazy("of a practice", "Website"),
        max_length=200,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput({"inputmode": "url", "autocomplete": "url"}),
    )


class OwnerStep(StepForm):
    """Who to ask."""

    heading = _("Who answers for it?")
    introduction = _("Readers can ask a question through a form. The address behind it is never shown.")

    ANOTHER = "another"

    owner = forms.ChoiceField(label=_("Organisation"), widget=forms.RadioSelect)
    owner_name = OneLine(
        label=_("Name of the organisation"),
        max_length=160,
        validators=[validate_name],
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    contact_email = forms.EmailField(
        label=_("Mailbox for questions"),
        help_text=_("Better a mailbox of the organisation than that of one person. Never shown to visitors."),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"}),
    )

    def prepare(self) -> None:
        """Who acts for organisations chooses one; its name is then known."""
        if not self.organisations:
            del self.fields["owner"]
            return
        owner: Any = self.fields["owner"]
        owner.choices = [(each.slug, each.name) for each in self.organisations]
        owner.choices += [(self.ANOTHER, gettext("Another organisation: I fill it in below"))]
        if "owner" not in self.submission.answers:
            self.initial.setdefault("owner", self.organisations[0].slug)
        self.fields["owner_name"].help_text = gettext("Only when it is another organisation.")
        self.fields["owner_name"].required = self.data.get("owner") == self.ANOTHER

    @classmethod
    def from_answers(cls, answers: Answers) -> Answers:
        known = super().from_answers(answers)
        if not known.get("owner") and known.get("owner_name"):
            known["owner"] = cls.ANOTHER
        return known

    def to_answers(self) -> Answers:
        owner = self.cleaned_data.get("owner", "")
        owner = "" if owner == self.ANOTHER else owner
        return {
            "owner": owner,
            "owner_name": "" if owner else self.cleaned_data["owner_name"],
            "contact_email": self.cleaned_data["contact_email"],
        }


STEPS: list[type[StepForm]] = [AboutStep, ResultsStep, NeedsStep, HowStep, OwnerStep]
FILES_STEP = len(STEPS) + 1


def saved_form(number: int, submission: Submission, organisations: Any) -> StepForm:
    """A step as it was saved last, checked."""
    step = STEPS[number - 1]
    data = step.from_answers(submission.answers)
    return step(data, submission=submission, organisations=organisations)
