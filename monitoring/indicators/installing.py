"""Indicators for a new portal, so that it can give account from its first day: those that the apps count, and the
common ones of the ESF+, which are entered by hand."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from i18nfield.strings import LazyI18nString

from hub.languages import word_files
from hub.measures import registry
from hub.measures.registry import Area
from monitoring.indicators.models import Indicator

FOLDER = Path(__file__).parent
# Of what is supported; what came of it for people says how good that was.
_AREAS = {"EECO": Area.REACH, "EECR": Area.QUALITY}


def install() -> str:
    """Adds the missing ones, in the order of the measures; what staff changed stays. Tells what it did."""
    known = set(Indicator.objects.values_list("code", flat=True))
    given = [*_counted(), *common()]
    new = []
    for place, indicator in enumerate(given, start=1):
        if indicator.code not in known:
            indicator.position = place
            new.append(indicator)
    Indicator.objects.bulk_create(new)
    return f"Indicators added: {len(new)}." if new else ""


def _counted() -> Iterator[Indicator]:
    """One for each measure of the apps."""
    for measure in registry.all_measures():
        yield Indicator(
            code=measure.code,
            is_counted=True,
            area=measure.area,
            direction=measure.better,
            is_public=measure.is_open,
        )


def common() -> Iterator[Indicator]:
    """Those of Regulation (EU) 2021/1057, Annex I, as `common.toml` has them; not saved."""
    words = word_files.words(FOLDER / "words")
    for row in tomllib.loads((FOLDER / "common.toml").read_text(encoding="utf-8"))["indicator"]:
        code = row["code"]
        yield Indicator(
            code=code.lower(),
            area=_AREAS[code[:4]],
            name=_said(words, code, "name"),
            definition=_said(words, code, "definition"),
            unit=_said(words, "unit", row["unit"]),
            common=code,
            moment=row["moment"],
            by_gender=row.get("by_gender", False),
            is_shown=row.get("applies", False),
        )


def _said(words: dict[str, dict[str, Any]], part: str, field: str) -> LazyI18nString:
    told = {language: each.get(part, {}).get(field, "") for language, each in words.items()}
    return LazyI18nString({language: text for language, text in told.items() if text})
