"""Practices as a django-import-export resource: what an export tells, and what an import would do with each row."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export import resources
from import_export.instance_loaders import BaseInstanceLoader
from import_export.results import RowResult
from tablib import Dataset

from accounts.users.models import User
from hub.pages.slugs import slug_of
from hub.sheets import fields as general
from hub.sheets.cells import KEY, plain
from hub.sheets.planning import CHANGED, NEW, REFUSED, UNCHANGED, Change, PlannedRow
from hub.sheets.uploads import ROW_NUMBER
from practices.editing.edit_locks import edit_locks
from practices.editing.versions import by_slug
from practices.import_export import fields
from practices.import_export.checking import wrong
from practices.import_export.suggestions import Owners
from practices.open_data.became import Became
from practices.practice.models.practice import ONE_OF, SEVERAL_OF, Practice
from practices.practice.terms import Terms
from practices.sheets import columns


def _special_fields(languages: list[str], terms: Terms, became: Mapping[int, Became]) -> dict[str, general.SheetField]:
    """The columns that hold more than plain text, by their names."""
    special = [
        general.LanguageField("original_language", languages),
        *(general.TermField(name, terms.of(name)) for name in ONE_OF),
        *(general.TermsField(name, terms.of(name)) for name in SEVERAL_OF),
        fields.YearField("since"),
        general.AddressField("website"),
        fields.OwnerField("owner", Owners([])),
        fields.DayField("checked_on"),
        fields.StatusField(),
        fields.SourcesField("sources"),
        *(fields.ReuseField(name, became) for name in columns.TOLD if name.startswith("reuse_")),
        fields.HooksField(became),
        *(fields.WordsField(part, language) for language in languages for part in columns.WORDS),
    ]
    return {each.column_name: each for each in special}


class _Loader(BaseInstanceLoader):
    def get_instance(self, row: Mapping[str, str]) -> Practice | None:
        found: Practice | None = self.resource.practices.get(row[KEY])
        return found


class PracticeResource(resources.Resource):
    """Rows of practices in both directions. An import with it saves nothing: it yields the plan, in `planned`."""

    class Meta:
        model = Practice
        import_id_fields = (KEY,)
        instance_loader_class = _Loader
        skip_diff = True
        report_skipped = True
        use_transactions = False

    def __init__(self, *, with_contact: bool, by: User | None = None, lock: bool = False) -> None:
        super().__init__()
        self.terms = Terms.load()
        self.by = by
        self.lock = lock
        languages = columns.languages()
        # What became of the practices that are about to be exported.
        self.became: dict[int, Became] = {}
        special = _special_fields(languages, self.terms, self.became)
        names = columns.names(languages, with_contact=with_contact)
        self.fields = {name: special.get(name) or general.SheetField(name) for name in names}
        self.practices: dict[str, Practice] = {}
        self.planned: list[PlannedRow] = []
        self.notes: list[str] = []

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        """Everything that the rows refer to, in a fixed number of queries."""
        slugs = dataset[KEY]
        named = by_slug(slugs, self.terms, lock=self.lock)
        self.practices, self._renamed = named.practices, named.renamed
        self._columns = [name for name in dataset.headers if name in self.fields and not self.fields[name].readonly]
        self._times = Counter(self._renamed.get(slug, slug) for slug in slugs)
        self._met: set[int | None] = set()
        self._locks = edit_locks(self.practices.values(), by=self.by) if self.by else {}
        if "owner" in self._columns:
            self.fields["owner"].owners = Owners(dataset["owner"])

    def before_import_row(self, row: dict[str, str], **kwargs: Any) -> None:
        """A sheet from before a renaming is about the practice that has another slug by now, and does not undo that."""
        slug = row[KEY]
        if now := self._renamed.get(slug):
            said = _("Row %(row)d: the practice “%(earlier)s” is called “%(now)s” by now.")
            self.notes.append(said % {"row": int(row[ROW_NUMBER]), "earlier": slug, "now": now})
            row[KEY] = now

    def init_instance(self, row: Mapping[str, str] | None = None) -> Practice:
        """A practice that does not exist yet."""
        return Practice(live=False, original_language="")

    def after_init_instance(self, instance: Practice, new: bool, row: Mapping[str, str], **kwargs: Any) -> None:
        """What the practice says before the row is read into it."""
        self._instance, self._new = instance, new
        self._again = not new and instance.pk in self._met
        self._met.add(instance.pk)
        self._before = dict.fromkeys(self._columns, "") if new else self._cells(instance)

    def import_instance(self, instance: Practice, row: Mapping[str, str], **kwargs: Any) -> None:
        """Reads the cells; a language in which nothing is left goes."""
        try:
            super().import_instance(instance, row, **kwargs)
        finally:
            texts = list(instance.texts.all())
            kept = [text for text in texts if any(getattr(text, part).strip() for part in columns.WORDS)]
            if len(kept) < len(texts):
                instance.texts = kept
            self._keep_stage(instance, row)

    def _keep_stage(self, instance: Practice, row: Mapping[str, str]) -> None:
        """Once a practice has a history, that says its stage: a cell with another one is told of and not planned."""
        if not instance.stage_since or "stage" not in self._columns:
            return
        wanted, stands = plain(str(self.fields["stage"].export(instance))), self._before["stage"]
        if wanted == stands:
            return
        instance.stage = self.terms.of("stage")[stands]
        said = _(
            "Row %(row)d: the practice stays in stage %(stands)s, whatever the sheet says (%(wanted)s). It has a "
            "history of stages: move it there, with date and source."
        )
        values = {"row": int(row[ROW_NUMBER]), "stands": stands, "wanted": wanted or "–"}
        self.notes.append(said % values)

    def skip_row(
        self, instance: Practice, original: Any, row: Mapping[str, str], import_validation_errors: Any = None
    ) -> bool:
        """Whether the row says nothing new."""
        twice = self._again or self._times[row[KEY]] > 1
        return not (import_validation_errors or self._new or twice or self._changes())

    def validate_instance(
        self, instance: Practice, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Says all that is wrong with the row at once."""
        unread = ValidationError(import_validation_errors or {}).message_dict
        touched = {change.column for change in self._changes()}
        found = wrong(instance, touched=touched, is_new=self._new) | unread | self._wrong_with_row(instance)
        if found:
            raise ValidationError(found)

    def save_instance(self, instance: Practice, is_create: bool, row: Mapping[str, str], **kwargs: Any) -> None:
        """Nothing: `practices.import_export.importing` writes what is to be written, after somebody has seen it."""

    def import_row(self, row: Mapping[str, str], instance_loader: BaseInstanceLoader, **kwargs: Any) -> RowResult:
        """Adds the row to the plan."""
        result = super().import_row(row, instance_loader, **kwargs)
        for unexpected in result.errors:
            raise unexpected.error
        reasons = []
        if result.is_invalid():
            told = result.validation_error.message_dict.items()
            reasons = [(column, words) for column, sentences in told for words in sentences]
        changes = [] if reasons else self._changes()
        state = REFUSED if reasons else UNCHANGED if result.is_skip() else NEW if self._new else CHANGED
        number = int(row[ROW_NUMBER])
        self.notes += self._years_taken(number)
        version = [self._instance.pk, self._instance.latest_revision_id, self._instance.live]
        planned = PlannedRow(number, state, row[KEY], self._instance, changes, reasons, version, self._waiting(state))
        self.planned.append(planned)
        return result

    def _waiting(self, state: str) -> str:
        """Says where publishing at once takes more along than the row."""
        if state != CHANGED or not (self._instance.live and self._instance.has_unpublished_changes):
            return ""
        return _("Other changes of this practice wait to be published. If you publish at once, they are published too.")

    def _years_taken(self, number: int) -> list[str]:
        """Says where a year was asked and a date was given."""
        found = [each for each in self.fields.values() if isinstance(each, fields.YearField)]
        taken = [each for field_ in found for each in field_.taken]
        for field_ in found:
            field_.taken = []
        message = _("Row %(row)d: of the date “%(date)s” the year %(year)d was taken.")
        return [message % {"row": number, "date": cell, "year": year} for cell, year in taken]

    def _cells(self, practice: Practice) -> dict[str, str]:
        return {name: plain(str(self.fields[name].export(practice))) for name in self._columns}

    def _changes(self) -> list[Change]:
        now = self._cells(self._instance)
        return [Change(name, old, now[name]) for name, old in self._before.items() if now[name] != old]

    def _wrong_with_row(self, practice: Practice) -> dict[str, list[str]]:
        """What is wrong however good its cells are; the empty name stands for the row as a whole."""
        found: dict[str, list[str]] = {}
        slug = practice.slug
        if not slug:
            title = next((text.title for text in practice.texts.all()), "")
            message = _("The slug is missing: the end of the address, for example %s.")
            found[KEY] = [message % (slug_of(title) or "shared-homes")]
        elif self._times[slug] > 1:
            found[KEY] = [_("Another row has the same slug.")]
        elif self._again:
            found[KEY] = [_("Another row is about the same practice: its draft has another slug.")]
        if lock := self._locks.get(practice.pk or 0):
            found[""] = [lock]
        elif self.by and not self.by.has_perm(f"practices.{'add' if self._new else 'change'}_practice"):
            found[""] = [_("You may not add practices.") if self._new else _("You may not change practices.")]
        return found
