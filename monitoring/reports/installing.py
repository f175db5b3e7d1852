"""The template that a new portal has: all indicators in use by their areas, with a question below each."""

from pathlib import Path
from typing import Any

from django.utils.translation import override
from i18nfield.strings import LazyI18nString

from hub.languages import word_files
from hub.measures.registry import Area
from monitoring.indicators.models import Indicator
from monitoring.reports.models import Report, Template, TemplatePart

_FOLDER = Path(__file__).parent / "words"


def install() -> str:
    """Adds it to a portal that has neither a template nor a report. Tells what it did."""
    if Template.objects.exists() or Report.objects.exists():
        return ""
    words = word_files.words(_FOLDER)
    made = Template.objects.create(name=_each(words, "name"))
    parts = [_said(words, "opening")]
    for area in Area:
        found = list(Indicator.objects.shown().filter(area=area))
        if found:
            hint = LazyI18nString({code: said["areas"][area.value] for code, said in words.items()})
            parts.append({"heading": _label(area, words), "hint": hint})
            parts += [{"indicator": each} for each in found]
    parts.append(_said(words, "closing"))
    TemplatePart.objects.bulk_create(
        TemplatePart(template=made, sort_order=place, **part) for place, part in enumerate(parts)
    )
    return "Template of reports added."


def _each(words: dict[str, Any], name: str) -> LazyI18nString:
    return LazyI18nString({code: said[name] for code, said in words.items()})


def _said(words: dict[str, Any], name: str) -> dict[str, Any]:
    only = {code: said[name] for code, said in words.items()}
    return {"heading": _each(only, "heading"), "hint": _each(only, "hint")}


def _label(area: Area, words: dict[str, Any]) -> LazyI18nString:
    found = {}
    for code in words:
        with override(code):
            found[code] = str(area.label)
    return LazyI18nString(found)
