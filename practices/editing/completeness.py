"""What a practice lacks before visitors may read it."""

from django.utils.translation import gettext as _

from practices.practice.models.practice import Practice

# Without these a text is none.
NEEDED = ("title", "summary")


def lacking(practice: Practice) -> dict[str, str]:
    """What is missing, in words, by the name of the fact or by `title_nl` for the words in a language."""
    missing = {} if practice.kind_id else {"kind": _("The kind is missing.")}
    if not practice.original_language:
        missing["original_language"] = _("The language in which the practice was written is missing.")
    texts = {text.language: text for text in practice.texts.all()}
    if practice.original_language and practice.original_language not in texts:
        missing[f"title_{practice.original_language}"] = _("The title in the original language is missing.")
    for language, text in texts.items():
        empty = [part for part in NEEDED if not getattr(text, part).strip()]
        missing |= {f"{part}_{language}": _("It is missing, and there are words in this language.") for part in empty}
    return missing
