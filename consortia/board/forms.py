"""How staff narrow the list of a call's consortia."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from calls.chain.models import Call
from consortia.board.facets import FACETS, PLACE, SECTOR, TRACK, Chosen, choices
from consortia.board.listing import Asked
from consortia.board.stages import STAGES

_LABELS = {TRACK: _("Action track"), SECTOR: _("Sector"), PLACE: _("Province or country")}


class ListForm(forms.Form):
    """Words and facets of an address; what is not known counts as nothing."""

    q = forms.CharField(label=_("Name of the consortium or an organisation"), max_length=100, required=False)
    stage = forms.ChoiceField(
        label=_("Stage"),
        choices=lambda: [("", _("All")), *((code, stage.label) for code, stage in STAGES.items())],
        required=False,
    )
    unsigned = forms.BooleanField(label=_("Only drafts that wait for signatures"), required=False)

    def __init__(self, data: Any, *, call: Call) -> None:
        super().__init__(data)
        for facet in FACETS:
            self.fields[facet] = forms.ModelChoiceField(
                label=_LABELS[facet], queryset=choices(call, facet), empty_label=_("All"), required=False
            )
        self.order_fields(["q", "stage", *FACETS, "unsigned"])

    @property
    def asked(self) -> Asked:
        """What is looked for."""
        self.is_valid()
        said = self.cleaned_data
        chosen = Chosen(**{facet: said.get(facet) for facet in FACETS})
        return Asked(
            stage=STAGES.get(said.get("stage") or ""),
            chosen=chosen,
            words=said.get("q") or "",
            unsigned=bool(said.get("unsigned")),
        )
