"""What a proposal has at this moment: each part that is asked for, with its last version, and what is missing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext

from consortia.asked_parts.counting import length, measure
from consortia.asked_parts.models import AskedPart
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium
from consortia.files.models import FileVersion
from consortia.filling.models import Filling, TextVersion
from consortia.filling.writing import too_long

Version = TextVersion | FileVersion


@dataclass(frozen=True)
class Slot:
    """A part with what fills it; no version where nothing does."""

    part: AskedPart
    version: Version | None

    @property
    def is_filled(self) -> bool:
        """Whether there is anything in it: a text that was emptied is none."""
        return isinstance(self.version, FileVersion) or bool(self.version and self.version.text)

    @property
    def measured(self) -> str:
        """How much there is, in words."""
        if isinstance(self.version, FileVersion):
            return str(filesizeformat(self.version.size))
        return measure(length(self.version.text, self.part.unit), self.part.unit) if self.version else ""

    @property
    def lack(self) -> str:
        """What keeps it from being submitted; nothing where it is right."""
        if not self.is_filled:
            return gettext("is required and still missing") if self.part.is_required else ""
        if isinstance(self.version, TextVersion):
            return too_long(self.part, self.version.text)
        return self._lack_of_file(self.version) if self.version else ""

    def _lack_of_file(self, version: FileVersion) -> str:
        """What is asked for may have changed since it came."""
        if version.name.rpartition(".")[2].lower() not in self.part.endings:
            said = gettext("is not one of these kinds of files: %(endings)s")
            return said % {"endings": ", ".join(self.part.endings)}
        if version.size > self.part.largest:
            return gettext("is larger than %(most)s") % {"most": filesizeformat(self.part.largest)}
        return ""


def contents(consortium: Consortium) -> list[Slot]:
    """The last version of each part, in the order of the call; in three queries, however many parts there are."""
    return contents_of([consortium])[consortium.pk]


def contents_of(consortia: Collection[Consortium]) -> dict[int, list[Slot]]:
    """The same of several, by their keys; in as many queries."""
    newest = OuterRef("filling"), OuterRef("file")
    texts = TextVersion.objects.filter(filling=newest[0]).order_by("-number").values("pk")[:1]
    files = FileVersion.objects.filter(file=newest[1]).order_by("-number").values("pk")[:1]
    return _slots(
        consortia,
        TextVersion.objects.filter(pk=Subquery(texts)),
        FileVersion.objects.filter(pk=Subquery(files)),
    )


def selected(consortium: Consortium, chosen: str) -> list[Slot]:
    """The versions that a page showed, see `selection`; a part for which there is no such version is empty.

    Raises RefusedError where one of them was removed since.
    """
    texts, files = Q(pk=None), Q(pk=None)
    for pair in chosen.split(",") if chosen else []:
        part, number = (int(each) for each in pair.split("."))
        texts |= Q(filling__part=part, number=number)
        files |= Q(file__filling__part=part, number=number)
    gone = FileVersion.objects.filter(files, removed_at__isnull=False, file__consortium=consortium)
    if gone.exists():
        said = gettext("Somebody removed a version that the page showed. Nothing was submitted: look at what is there.")
        raise RefusedError(said)
    chosen_ones = TextVersion.objects.filter(texts), FileVersion.objects.filter(files)
    return _slots([consortium], *chosen_ones)[consortium.pk]


def selection(slots: Iterable[Slot]) -> str:
    """Stands for these versions, whatever the order of the parts: what a page shows is what it submits."""
    found = sorted((slot.part.pk, slot.version.number) for slot in slots if slot.version and slot.is_filled)
    return ",".join(f"{part}.{number}" for part, number in found)


def _slots(
    consortia: Collection[Consortium], texts: QuerySet[TextVersion], files: QuerySet[FileVersion]
) -> dict[int, list[Slot]]:
    own_texts = texts.filter(filling__consortium__in=consortia).select_related("by", "filling")
    own_files = files.filter(file__filling__consortium__in=consortia).select_related("by", "file__filling")
    filled: list[tuple[Filling, Version]] = [(each.filling, each) for each in own_texts]
    filled += [(each.file.filling, each) for each in own_files]
    found = {(filling.consortium_id, filling.part_id): version for filling, version in filled}
    asked: dict[int, list[AskedPart]] = {each.call_id: [] for each in consortia}
    for part in AskedPart.objects.asked().filter(call__in=asked):
        asked[part.call_id].append(part)
    return {each.pk: [Slot(part, found.get((each.pk, part.pk))) for part in asked[each.call_id]] for each in consortia}
