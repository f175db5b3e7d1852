"""The form in which staff describe a practice: one list per vocabulary, words per language, sources."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
)

from hub.pages.slugs import first_free, stem_of
from hub.vocabularies.models import Term
from practices.assessment import admin
from practices.editing.field_comparisons import LanguagePanel, TermsPanel
from practices.practice.facet_declarations import DECLARATIONS, Answers, Group, of_group
from practices.practice.models.earlier_slugs import EarlierPracticeSlug
from practices.practice.models.practice import ONE_OF, SEVERAL_OF, Practice, reserved_slugs

_LONGEST_SLUG = 80
_IN_A_ROW = 3


def _several(vocabulary: str, label: Promise | str) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        queryset=Term.objects.of(vocabulary), label=label, required=False, widget=forms.CheckboxSelectMultiple
    )


class PracticeForm(WagtailAdminModelForm):
    """Shows the shared list of terms as one list per vocabulary, and suggests the slug."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        described = list(self.instance.terms.all()) if self.instance else []
        for name in SEVERAL_OF:
            if name in self.fields:
                self.initial.setdefault(name, [term.pk for term in described if term.vocabulary == name])
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("The end of the address. Left empty, it is made of the title.")
        if "stage" in self.fields and self.instance.stage_since:
            self.fields["stage"].disabled = True
            self.fields["stage"].help_text = _(
                "It has a history: “Move the stage” below adds to it, with date and source."
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        titles = self._titles()
        language = cleaned.get("original_language")
        if language and titles and language not in titles:
            self.add_error("original_language", _("There is no text in this language below."))
        if "slug" in self.fields and not cleaned.get("slug") and "slug" not in self.errors:
            title = titles.get(language or "") or next(iter(titles.values()), "")
            cleaned["slug"] = self.instance.slug or free_slug(title, besides=self.instance.pk)
        if "assessed_on" in self.fields:
            admin.check(self)
        if cleaned.get("picture"):
            self._check_picture()
        return cleaned

    def save(self, commit: bool = True) -> Any:  # Django's own signature
        kept = [term for term in self.instance.terms.all() if term.vocabulary not in SEVERAL_OF]
        chosen = [
            term
            for name in SEVERAL_OF
            for term in (
                self.cleaned_data[name] if name in self.cleaned_data else self.instance.terms.filter(vocabulary=name)
            )
        ]
        self.instance.terms.set([*kept, *chosen])
        return super().save(commit=commit)

    def _check_picture(self) -> None:
        """A picture says in each language of the practice what it shows."""
        for form in self._texts():
            if form.cleaned_data.get("language") and not form.cleaned_data.get("picture_alt", "").strip():
                form.add_error("picture_alt", _("Say what the picture shows, for who does not see it."))

    def _titles(self) -> dict[str, str]:
        """Titles by language, of the texts that stay."""
        rows = [form.cleaned_data for form in self._texts()]
        return {row["language"]: row.get("title", "") for row in rows if row.get("language")}

    def _texts(self) -> list[Any]:
        """The forms of the texts that stay, where all are right as they are."""
        formset = self.formsets.get("texts")
        if formset is None or not formset.is_valid():
            return []
        return [form for form in formset.forms if form not in formset.deleted_forms]


for _declared in DECLARATIONS:
    if _declared.answers is Answers.SEVERAL:
        PracticeForm.declared_fields[_declared.name] = _several(_declared.name, _declared.many)


def free_slug(title: str, *, besides: int | None = None) -> str:
    """A slug made of the title that no other practice has or had: its old address leads to that one."""
    base = stem_of(title, longest=_LONGEST_SLUG, otherwise="practice")
    others = Practice.objects.exclude(pk=besides).filter(slug__startswith=base)
    earlier = EarlierPracticeSlug.objects.exclude(practice=besides).filter(slug__startswith=base)
    taken = {*others.values_list("slug", flat=True), *earlier.values_list("slug", flat=True), *reserved_slugs()}
    return first_free(base, taken)


def _language_choice() -> forms.Select:
    return forms.Select(choices=list(settings.LANGUAGES))


def _one(vocabulary: str) -> FieldPanel:
    """A plain list of one vocabulary; Wagtail's chooser would offer the terms of all of them."""
    return FieldPanel(vocabulary, widget=forms.Select())


def _several_of(group: Group, heading: Promise | str, *before: Panel, classname: str = "") -> MultiFieldPanel:
    """A list of terms for each vocabulary of the group."""
    lists = [TermsPanel(each.name, heading=each.many) for each in of_group(group)]
    return MultiFieldPanel([*before, *lists], heading, classname=classname)


def _rows(panels: Sequence[Panel]) -> list[Panel]:
    return [FieldRowPanel(panels[first : first + _IN_A_ROW]) for first in range(0, len(panels), _IN_A_ROW)]


_TEXT_PANELS = [
    LanguagePanel("language", widget=_language_choice(), required_on_save=True),
    FieldPanel("title", required_on_save=True),
    FieldPanel("summary"),
    FieldPanel("what"),
    FieldPanel("results"),
    FieldPanel("needs"),
    FieldPanel("steps"),
    FieldPanel("picture_alt"),
]

_WORDS = [
    LanguagePanel("original_language", widget=_language_choice()),
    InlinePanel("texts", panels=_TEXT_PANELS, heading=_("Texts"), label=_("text"), min_num=1),
    InlinePanel("sources", heading=_("Sources"), label=_("source")),
]

_FACTS = [
    *_rows([*map(_one, ONE_OF), FieldPanel("since")]),
    FieldRowPanel([FieldPanel("staff"), FieldPanel("months")]),
    _several_of(Group.ABOUT, _("About what, for whom")),
    _several_of(Group.HOW, _("How it works and grows")),
    _several_of(Group.WHERE, _("Where"), FieldPanel("place"), classname="collapsed"),
    _several_of(Group.GOALS, _("European and global goals"), classname="collapsed"),
]

_DETAILS = [
    InlinePanel(
        "figures",
        [
            FieldRowPanel([FieldPanel("value"), FieldPanel("year")]),
            FieldPanel("label"),
            FieldPanel("source"),
        ],
        heading=_("Results in figures"),
        label=_("figure"),
    ),
    InlinePanel(
        "documents",
        [FieldPanel("document"), FieldPanel("title"), LanguagePanel("language", widget=_language_choice())],
        heading=_("Documents"),
        label=_("document"),
    ),
    InlinePanel(
        "uses",
        [
            FieldRowPanel([FieldPanel("organisation"), FieldPanel("place")]),
            FieldRowPanel([FieldPanel("country", widget=forms.Select()), FieldPanel("since")]),
            FieldPanel("website"),
        ],
        heading=_("Where it is used"),
        label=_("place of use"),
    ),
]

_REST = [
    MultiFieldPanel(
        [FieldPanel("owner"), FieldPanel("owner_name"), FieldPanel("contact_email"), FieldPanel("website")],
        _("Who answers for it"),
    ),
    MultiFieldPanel(
        [FieldPanel("picture"), FieldRowPanel([FieldPanel("picture_author"), FieldPanel("picture_licence")])],
        _("Picture"),
    ),
    FieldPanel("checked_on"),
    FieldPanel("slug"),
    PublishingPanel(),
]


def editor(*, above: Sequence[Panel] = (), behind: Sequence[Panel] = ()) -> TabbedInterface:
    """The fields of a practice, tab by tab; what others show there stands above its words or in tabs behind."""
    tabs = [
        ObjectList([*above, *_WORDS], heading=_("Words")),
        ObjectList(_FACTS, heading=_("Facts")),
        ObjectList(_DETAILS, heading=_("Figures, documents, places")),
        ObjectList(admin.ASSESSMENT, heading=_("Assessment")),
        ObjectList(_REST, heading=_("Owner and address")),
    ]
    return TabbedInterface([*tabs, *behind], base_form_class=PracticeForm)
