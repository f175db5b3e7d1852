"""How staff write down an assessment: a row per criterion is there already, and untouched rows are not kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from practices.assessment.models import Judgement, Verdict
from practices.assessment.presentation import criteria


class JudgementFormSet(BaseChildFormSet):
    """Offers the criteria that are not judged yet after those that are; what stays without a word is not kept."""

    def __init__(self, data: Any = None, files: Any = None, instance: Any = None, **kwargs: Any) -> None:
        if data is None:
            judged = {row.criterion_id for row in instance.judgements.all()} if instance else set()
            kwargs["initial"] = [{"criterion": term.pk} for term in criteria() if term.pk not in judged]
            self.extra = len(kwargs["initial"])
        super().__init__(data, files, instance=instance, **kwargs)

    def save(self, commit: bool = True) -> list[Judgement]:
        saved: list[Judgement] = super().save(commit=False)
        manager = getattr(self.instance, self.rel_name)
        manager.remove(*(row for row in saved if row.pk is None and not _says_something(row)))
        if commit:
            manager.commit()
        return saved

    def judges(self) -> bool:
        """Whether there is a judgement among what was sent."""
        sent = [form for form in self.forms if form not in self.deleted_forms]
        return any(form.cleaned_data.get("verdict", Verdict.NOT_JUDGED) != Verdict.NOT_JUDGED for form in sent)


def _says_something(row: Judgement) -> bool:
    return row.verdict != Verdict.NOT_JUDGED or bool(row.reason)


class JudgementsPanel(InlinePanel):
    """The rows, with our own formset."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = JudgementFormSet
        return options


def check(form: WagtailAdminModelForm) -> None:
    """Of a practice's form: judgements need a day, and a new day moves the day on which the next is due."""
    cleaned = form.cleaned_data
    formset = form.formsets.get("judgements")
    if formset is not None and formset.is_valid() and formset.judges() and not cleaned.get("assessed_on"):
        form.add_error("assessed_on", ValidationError(_("Say on which day it was assessed.")))
    if "assessed_on" in form.changed_data and "assessment_due_on" not in form.changed_data:
        cleaned["assessment_due_on"] = None


ASSESSMENT = [
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("assessed_on"), FieldPanel("assessed_by")]), FieldPanel("assessment_due_on")],
        _("When and by whom"),
    ),
    JudgementsPanel(
        "judgements",
        [
            FieldPanel("criterion", widget=forms.Select()),
            FieldPanel("verdict", widget=forms.RadioSelect()),
            FieldPanel("reason"),
        ],
        heading=_("Judgement per criterion"),
        label=_("judgement"),
        help_text=_("Leave a criterion that nobody has judged as it is: the page says so."),
    ),
]
