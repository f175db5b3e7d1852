"""What is wrong with a practice that a row was read into, by column and in words."""

from django.core.exceptions import ValidationError

from practices.editing.completeness import lacking
from practices.practice.models.practice import Practice
from practices.practice.models.texts import PracticeText
from practices.sheets.columns import language_of, words_column

# Keys to other tables were looked up when the cells were read; asking for each again would cost a query a row.
_REFERENCES = {each.name for each in Practice._meta.fields if each.remote_field}


def wrong(practice: Practice, *, touched: set[str], is_new: bool) -> dict[str, list[str]]:
    """All of it for a new one; else only where the row touches it: what was there before is no concern of a row."""
    found = _said_by(practice)
    for text in practice.texts.all():
        found |= {words_column(part, text.language): words for part, words in _said_by(text).items()}
    found |= {name: [words] for name, words in lacking(practice).items()}
    if is_new:
        return found
    languages = {language for name in touched if (language := language_of(name))}
    if "original_language" in touched:
        languages.add(practice.original_language)
    return {name: words for name, words in found.items() if name in touched or language_of(name) in languages}


def _said_by(record: Practice | PracticeText) -> dict[str, list[str]]:
    exclude = _REFERENCES if isinstance(record, Practice) else {"practice"}
    try:
        record.full_clean(exclude=exclude, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        return error.message_dict
    return {}
