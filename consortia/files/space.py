"""How much the files of one consortium take up, and whether one more fits: nobody fills the disk of all others."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Case, F, Sum, When
from django.db.models.functions import Now
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext

from consortia.consortium.models import Consortium
from consortia.files.models import FileVersion, Upload
from consortia.files.removing import removable

# An upload of which nothing came for so long holds no place for the rest of it: whoever goes on is asked again at the
# end. What lies there already counts until it is swept away.
STILL_COMING = timedelta(hours=1)
# So many of what can be removed are named where one more does not fit; the page lists all.
_NAMED = 3


def most() -> int:
    """In bytes, of one consortium."""
    return settings.CONSORTIUM_MEGABYTES * 1024 * 1024


def used(consortium: Consortium) -> int:
    """In bytes, by all versions of documents and of parts of its proposal that are there."""
    kept = FileVersion.objects.there().filter(file__consortium=consortium)
    return kept.aggregate(bytes=Sum("size"))["bytes"] or 0


def under_way(consortium: Consortium, *, besides: Upload | None = None) -> int:
    """In bytes, of uploads that became no file yet: as announced while they come, else what lies there of them."""
    uploads = Upload.objects.filter(consortium=consortium)
    if besides:
        uploads = uploads.exclude(pk=besides.pk)
    is_coming = When(changed_at__gt=Now() - STILL_COMING, then=F("size"))
    return uploads.aggregate(bytes=Sum(Case(is_coming, default=F("received"))))["bytes"] or 0


def refusal(consortium: Consortium, size: int, *, besides: Upload | None = None) -> str:
    """Why a file of so many bytes does not fit, in words; nothing where it does. Hold the consortium to be sure.

    `besides`: the upload by which it came, or a part of it.
    """
    there = used(consortium) + under_way(consortium, besides=besides)
    if there + size <= most():
        return ""
    said = gettext(
        "The files of this consortium take up %(used)s of %(most)s, with all their versions and with what is being "
        "sent, and this one is %(size)s. Nothing was added: %(what)s"
    )
    sizes = {"used": there, "most": most(), "size": size}
    told = {name: filesizeformat(number) for name, number in sizes.items()}
    return said % (told | {"what": _what(consortium)})


def check(consortium: Consortium, size: int, *, besides: Upload | None = None) -> None:
    """The same for a field. Raises ValidationError."""
    if said := refusal(consortium, size, besides=besides):
        raise ValidationError(said, code="space")


def _what(consortium: Consortium) -> str:
    """What can be removed, in words; the page of the space lists all of it."""
    found = removable(consortium)[:_NAMED]
    if not found:
        return gettext("remove documents that are not needed, or write to the centre.")
    named = gettext("“%(name)s”, version %(number)d (%(size)s)")
    each = [named % {"name": one.name, "number": one.number, "size": filesizeformat(one.size)} for one in found]
    said = gettext("remove documents that are not needed, or older versions, the largest first: %(versions)s.")
    return said % {"versions": "; ".join(each)}
