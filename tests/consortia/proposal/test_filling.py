"""Parts are filled by several people: limits, stale saves, versions that stay, and the deadline."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from consortia.asked_parts import setting
from consortia.asked_parts.counting import length
from consortia.asked_parts.models import AskedPart
from consortia.consortium.actions import RefusedError, Role
from consortia.consortium.models import Consortium
from consortia.consortium.stale import ChangedError
from consortia.files.models import FileVersion
from consortia.filling.contents import contents
from consortia.filling.forms import PartFileForm
from consortia.filling.models import Filling, TextVersion
from consortia.receipts import clock
from consortia.rules import as_read
from tests.consortia.drafts.working import docx, pdf
from tests.consortia.proposal.proposing import Proposing, proposing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
__all__ = ["proposing"]


def test_every_version_of_a_text_stays_with_who_wrote_it_when_and_for_whom(proposing: Proposing) -> None:
    before = clock.now()
    proposing.write("One")
    proposing.write("Two\r\nlines ", was=1, role=Role.MEMBER_EDITOR)
    second, first = TextVersion.objects.select_related("by").order_by("-number")
    assert [(each.number, each.text) for each in (first, second)] == [(1, "One"), (2, "Two\nlines")]
    assert (first.organisation_name, second.organisation_name) == ("Lead", "Joined")
    assert second.by == proposing.person(Role.MEMBER_EDITOR)
    assert before <= first.at < second.at <= clock.now()
    assert proposing.write("Two\nlines", was=0) is None, "the same words once more"


def test_a_stale_save_is_told_who_changed_what_and_overwrites_nothing(proposing: Proposing) -> None:
    proposing.write("One")
    proposing.write("Theirs", was=1, role=Role.MEMBER_OWNER)
    with pytest.raises(ChangedError) as changed:
        proposing.write("Mine", was=1)
    assert "Joined changed it while you were writing (Ann Joined" in str(changed.value)
    assert TextVersion.objects.order_by("-number")[0].text == "Theirs"
    proposing.write("Mine", was=2)
    assert list(TextVersion.objects.order_by("number").values_list("text", flat=True)) == ["One", "Theirs", "Mine"]


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("", "words", 0),
        ("one  two\nthree", "words", 3),
        ("one  two", "characters", 8),
        ("é€\U0001d11e", "characters", 3),
    ],
)
def test_words_and_characters_are_counted(text: str, unit: str, number: int) -> None:
    assert length(text, unit) == number


def test_a_text_beyond_its_limit_says_by_how_much(proposing: Proposing) -> None:
    assert proposing.write("x" * 100)
    with pytest.raises(RefusedError) as refused:
        proposing.write("x" * 103, was=1)
    said = "This is 103 characters; the limit is 100 characters. Shorten it by 3 characters."
    assert str(refused.value) == said
    assert TextVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (docx(), "Files of this kind are not taken. Save it as one of these: pdf."),
        (SimpleUploadedFile("a.pdf", b"%PDF-1.7" + b" " * 1024 * 1024), "It may be at most 1.0\xa0MB"),
        (SimpleUploadedFile("a.pdf", b""), "This file is empty"),
        (SimpleUploadedFile("a.pdf", b"%PDF-1.7\ntrailer << /Encrypt 1 0 R >>"), "protected with a password"),
        (SimpleUploadedFile("a.pdf", b"no pdf"), "What is inside this file is not .pdf"),
    ],
)
def test_a_file_is_of_the_kind_and_size_that_is_asked_for(
    proposing: Proposing, upload: SimpleUploadedFile, said: str
) -> None:
    proposing.send()
    proposing.file.megabytes = 1
    form = PartFileForm(
        {}, {"file": upload}, part=proposing.file, consortium=proposing.consortium, user=proposing.person()
    )
    assert not form.is_valid()
    assert said in str(form.errors["file"])
    assert FileVersion.objects.count() == 1, "the earlier version stays"


def test_after_the_deadline_nothing_is_taken_and_what_is_there_stays(proposing: Proposing) -> None:
    proposing.write("In time")
    proposing.send()
    proposing.move_deadline(hours=-2, minutes=-5)
    for act in (lambda: proposing.write("Late", was=1), lambda: proposing.send(pdf("late"))):
        with pytest.raises(RefusedError) as refused:
            act()
        assert "too late by 2\xa0hours, 5\xa0minutes, by the clock of the database" in str(refused.value)
    assert [slot.version.number for slot in contents(proposing.consortium) if slot.version] == [1, 1]


def test_a_withdrawn_call_takes_nothing(proposing: Proposing) -> None:
    proposing.call.withdrawn_at = clock.now() - timedelta(minutes=1)
    proposing.call.save()
    with pytest.raises(RefusedError, match="The call was withdrawn"):
        proposing.write()


class TestAskedParts:
    def test_a_part_that_was_filled_is_closed_and_not_taken_away(self, proposing: Proposing) -> None:
        proposing.write()
        staff = proposing.person(Role.NOBODY)
        with pytest.raises(RefusedError, match="Close it"):
            setting.remove(proposing.call, proposing.text.pk, by=staff)
        assert setting.remove(proposing.call, proposing.file.pk, by=staff)
        assert not setting.remove(proposing.call, proposing.file.pk, by=staff)
        assert setting.set_closed(proposing.call, proposing.text.pk, is_closed=True, by=staff)
        assert not setting.set_closed(proposing.call, proposing.text.pk, is_closed=True, by=staff)
        assert contents(proposing.consortium) == []
        with pytest.raises(RefusedError, match="does not ask for this part any more"):
            proposing.write("More", was=1)

    def test_two_who_change_one_are_told_of_each_other(self, proposing: Proposing) -> None:
        staff, read = proposing.person(Role.NOBODY), setting.seen(proposing.text)
        facts = {"kind": "text", "limit": 50}
        setting.save(proposing.call, proposing.text.pk, facts, before=read, by=staff)
        with pytest.raises(as_read.ChangedError):
            setting.save(proposing.call, proposing.text.pk, facts | {"limit": 70}, before=read, by=staff)
        assert AskedPart.objects.get(pk=proposing.text.pk).limit == 50

    def test_a_part_that_was_filled_stays_a_text(self, proposing: Proposing) -> None:
        proposing.write()
        with pytest.raises(RefusedError, match="it stays what it is"):
            setting.save(
                proposing.call,
                proposing.text.pk,
                {"kind": "file"},
                before=setting.seen(proposing.text),
                by=proposing.person(Role.NOBODY),
            )

    def test_a_smaller_limit_makes_what_is_there_incomplete(self, proposing: Proposing) -> None:
        proposing.write("x" * 60)
        AskedPart.objects.filter(pk=proposing.text.pk).update(limit=50)
        assert "Shorten it by 10 characters" in contents(proposing.consortium)[0].lack


def test_nobody_alters_what_was_written(proposing: Proposing) -> None:
    proposing.fill()
    for change in (
        lambda: TextVersion.objects.update(text="Other"),
        lambda: FileVersion.objects.update(sha256="1" * 64),
    ):
        with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
            change()
    TextVersion.objects.update(by=None)


@pytest.mark.django_db(transaction=True)
def test_versions_go_only_with_the_consortium(set_up_anew: None, proposing: Proposing) -> None:
    proposing.fill()
    with pytest.raises(DatabaseError, match="stays as long as"):
        TextVersion.objects.filter()._raw_delete("default")
    proposing.submit()
    Consortium.objects.filter(pk=proposing.consortium.pk).delete()
    assert not Filling.objects.exists()
