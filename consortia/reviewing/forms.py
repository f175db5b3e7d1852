"""A judgement as its reviewer fills it in."""

from typing import Any

from django import forms
from django.utils.translation import gettext

from consortia.consortium.stale import StaleForm
from consortia.outcomes.models import MOST_REVISIONS
from consortia.reviewing.judging import Said
from consortia.reviewing.models import MOST_REASON, Criterion, Judgement


class MarkField(forms.TypedChoiceField):
    """A mark. A draft may lack it and who hands in may not, so nobody reads that it is optional."""

    is_one_of_several = True


class ReasonField(forms.CharField):
    """The reasons of a mark; as little optional."""

    is_one_of_several = True


class JudgementForm(StaleForm):
    """For each criterion a mark and its reason; a draft may lack some."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST_REVISIONS)

    def __init__(self, data: Any = None, *, criteria: list[Criterion], judgement: Judgement | None) -> None:
        marks = {each.criterion_id: each for each in judgement.marks.all()} if judgement else {}
        super().__init__(data, initial={"seen": judgement.revision if judgement else 0})
        self.criteria = criteria
        for each in criteria:
            mark = marks.get(each.pk)
            self.fields[f"value_{each.pk}"] = MarkField(
                label=str(each.title),
                choices=[("", gettext("not judged yet")), *each.values.items()],
                coerce=int,
                empty_value=None,
                required=False,
                initial=mark.value if mark and mark.value else "",
                help_text=str(each.guidance),
            )
            self.fields[f"reason_{each.pk}"] = ReasonField(
                label=gettext("Reasons: %(criterion)s") % {"criterion": each.title},
                required=False,
                max_length=MOST_REASON,
                initial=mark.reason if mark else "",
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    @property
    def said(self) -> dict[int, Said]:
        """By the keys of the criteria."""
        cleaned = self.cleaned_data
        return {
            each.pk: Said(
                cleaned.get(f"value_{each.pk}"), (cleaned.get(f"reason_{each.pk}") or "").replace("\r\n", "\n")
            )
            for each in self.criteria
        }
