"""How much the files of one consortium take up, and whether one more fits: nobody fills the disk of all others."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext

from consortia.consortium.models import Consortium
from consortia.files.models import FileVersion


def used(consortium: Consortium) -> int:
    """In bytes, by all versions of documents and of parts of its proposal."""
    kept = FileVersion.objects.filter(file__consortium=consortium)
    return kept.aggregate(bytes=Sum("size"))["bytes"] or 0


def refusal(consortium: Consortium, size: int) -> str:
    """Why a file of so many bytes does not fit, in words; nothing where it does. Hold the consortium to be sure."""
    most, there = settings.CONSORTIUM_MEGABYTES * 1024 * 1024, used(consortium)
    if there + size <= most:
        return ""
    said = gettext(
        "The files of this consortium take up %(used)s of %(most)s, with all their versions, and this one is %(size)s. "
        "Nothing was added: remove documents that are not needed, or write to the centre."
    )
    sizes = {"used": there, "most": most, "size": size}
    return said % {name: filesizeformat(number) for name, number in sizes.items()}


def check(consortium: Consortium, size: int) -> None:
    """The same for a field. Raises ValidationError."""
    if said := refusal(consortium, size):
        raise ValidationError(said, code="space")
