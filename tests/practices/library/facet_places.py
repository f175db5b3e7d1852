"""Where the code must know a facet. Run as a program: where one that is added to the declaration would be missing."""

import json
from dataclasses import replace

from practices.practice import facet_declarations
from practices.practice.facet_declarations import Answers

ADDED = "criterion"


def places(name: str) -> dict[str, bool]:
    """Each place, and whether it knows the facet of this name."""
    from django.http import QueryDict

    from nccsi.caching.page_cache import in_order
    from practices.admin.practice_list import PracticeAdminFilterSet
    from practices.editing.admin import editor
    from practices.following import searches
    from practices.library.facets import FACETS
    from practices.library.filters import PracticeFilterSet, Selection
    from practices.open_data.api import NARROWING, PracticeJsonLd, PracticeRowSerializer
    from practices.practice.models.practice import SEVERAL_OF, Practice
    from practices.practice.terms import Terms
    from practices.search import keys
    from practices.sheets import columns
    from practices.submissions.draft_from_submission import SEVERAL, SubmittedForm

    asked = PracticeFilterSet(QueryDict(f"{name}=1"), queryset=Practice.objects.none(), terms=Terms([]))
    form = editor().bind_to_model(Practice).get_form_class()
    own_column = "since" if name == "year" else name
    line = next(each.line for each in facet_declarations.DECLARATIONS if each.name == name)
    several = name in SEVERAL_OF
    # What records say of a practice is told nowhere else: neither in its editor nor in its sheet.
    recorded = name in keys.RECORDS
    return {
        "facets": name in [facet.name for facet in FACETS],
        "keys of entries": name in keys.PARTS,
        "filters of page, feed and followed searches": name in asked.form.fields,
        "addresses": (name, "1") in Selection(chosen={name: ["1"]}).pairs,
        "followed searches": searches.written(Selection(chosen={name: ["1"]})) == f"{name}=1",
        "page cache": in_order(f"{name}=1") == f"{name}=1",
        "parameters of the open data": name in [each.name for each in NARROWING],
        "rows of the open data": name in PracticeRowSerializer().get_fields(),
        "subjects in JSON-LD": name in PracticeJsonLd.about
        or name in {"country", "region", "language", "year"}
        or recorded,
        "filters of the admin": name in PracticeAdminFilterSet.base_filters,
        "editor": name == "language" or recorded or own_column in form.base_fields,
        "sheets": name == "language" or recorded or own_column in columns.names([], with_contact=True),
        "kept by drafts from outside": not several or (name in SEVERAL) == (name in SubmittedForm.base_fields),
        # What has a look of its own is asked of a real page, in `test_the_page_of_a_practice_shows_each_answer`.
        "page of a practice": line is None or _is_on_its_page(name, line.section),
    }


def _is_on_its_page(name: str, section: facet_declarations.Section) -> bool:
    """Whether the template of this section shows what a practice says to the facet."""
    from django.template.loader import render_to_string

    from hub.vocabularies.models import Term
    from practices.page.facet_lines import lines
    from practices.practice.models.practice import ONE_OF, Practice

    term = Term(pk=1, vocabulary=name, code="given", label="What was answered")
    one = {name: term} if name in ONE_OF else {}
    practice = Practice(since=1999 if name == "year" else None, **one)
    found = lines(practice, {} if one else {name: [term]})
    page = {"lines": found, "terms": {}, "passages": {}}
    template = f"practices/partials/{section.name.lower()}.html"
    shown = render_to_string(template, {"practice": practice, "page": page})
    return ("1999" if name == "year" else "What was answered") in shown


if __name__ == "__main__":
    model = next(each for each in facet_declarations.DECLARATIONS if each.answers is Answers.SEVERAL)
    last = max(each.place or 0 for each in facet_declarations.DECLARATIONS)
    plain = facet_declarations.Line()
    facet_declarations.DECLARATIONS += (replace(model, name=ADDED, place=last + 1, line=plain),)

    import django

    django.setup()
    print(json.dumps(places(ADDED)))  # what a program answers
