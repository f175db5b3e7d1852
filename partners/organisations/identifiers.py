"""The numbers that registers gave an organisation: how each is written, and that no two profiles have the same."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum.be import vat

NAMES = ("enterprise_number", "vcode", "pic")
_VCODE = re.compile(r"V\d{7}")
# As people copy them: with points, spaces and hyphens.
_BETWEEN = re.compile(r"[\s.\-/]")


def plain(name: str, number: str) -> str:
    """A number as it is kept."""
    if name == "enterprise_number":
        return vat.compact(number)
    return _BETWEEN.sub("", number).upper()


def check(organisation: Any) -> None:
    """Writes each number as it is kept; raises ValidationError with what is wrong, by field."""
    wrong = {}
    for name in NAMES:
        if not getattr(organisation, name):
            continue
        setattr(organisation, name, plain(name, getattr(organisation, name)))
        if said := problem(name, getattr(organisation, name)) or _taken(organisation, name):
            wrong[name] = ValidationError(said, code=name)
    if wrong:
        raise ValidationError(wrong)


def problem(name: str, number: str) -> Any:
    """What is wrong with a number as it is kept, in words; empty when nothing is."""
    # KBO/BCE numbers carry the Belgian VAT check: modulo 97 over the first eight digits.
    if name == "enterprise_number" and not vat.is_valid(number):
        return _("This is not a valid enterprise number. Compare its digits with the register.")
    if name == "vcode" and not _VCODE.fullmatch(number):
        return _("A vCode is a V and seven digits, for example V0001001.")
    # The Commission publishes no check for these.
    if name == "pic" and not (number.isascii() and number.isdecimal() and len(number) == 9):
        return _("A PIC has nine digits.")
    return ""


def _taken(organisation: Any, name: str) -> str:
    """Whose number it is: no more is told of another profile than its own page tells."""
    others = type(organisation).objects.with_number(name, getattr(organisation, name)).exclude(pk=organisation.pk)
    other = others.first()
    if other is None:
        return ""
    if other.status == "listed":
        said = gettext("“%(name)s” in the directory has this number. Is that you? Ask to manage that profile instead.")
        return said % {"name": other.name}
    return gettext("Another profile that is not public has this number. Ask the centre to bring the two together.")
