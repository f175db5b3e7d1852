"""The portal's words are those of the glossary, and French is set as French is, in files and on pages."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils.translation import override

from hub.languages.names import language_name
from nccsi.management.commands.check_words import GLOSSARY, shortcomings
from nccsi.wording import french
from nccsi.wording.glossary import rules
from nccsi.wording.sources import texts

PAGE = settings.BASE_DIR / GLOSSARY


class TestGlossary:
    def test_all_words_are_ours(self) -> None:
        call_command("check_words")
        languages = {text.language for text in texts(settings.BASE_DIR)}
        assert languages == set(settings.ALL_LANGUAGES), "the check must reach the words of every language"

    def test_each_row_finds_each_of_its_words(self) -> None:
        rows = [line for line in PAGE.read_text().splitlines() if re.match(r"\| (en|nl|fr|de) \|", line)]
        assert len(rows) == len(rules(PAGE)) > 10
        for rule, row in zip(rules(PAGE), rows, strict=True):
            for word in row.split("|")[3].split(","):
                assert list(rule.faults(f"Hier: {word.strip().rstrip('*')}!")), row

    def test_a_word_is_right_in_its_phrase_only(self) -> None:
        rule = next(rule for rule in rules(PAGE) if "Praxis" in rule.words.pattern)
        assert list(rule.faults("Das zeigt sich in der Praxis.")) == []
        assert list(rule.faults("Zurück zur Praxis, auch in der Praxis")) == ["“Praxis”: write Praxisbeispiel"]

    @pytest.mark.parametrize(
        ("file", "before", "after"),
        [
            ("locale/nl/LC_MESSAGES/django.po", "termijn", "deadline"),
            ("locale/nl/LC_MESSAGES/django.po", "not rated yet", "not weighed yet"),
            ("locale/de/LC_MESSAGES/django.po", "Zurück zum Praxisbeispiel", "Zurück zur Praxis"),
            ("locale/fr/LC_MESSAGES/django.po", "e-mail", "courriel"),
            ("nccsi/demo/pages.toml", "par e-mail", "par courriel"),
            ("hub/vocabularies/words/fr.toml", f"{french.NARROW}?", " ?"),
        ],
        ids=["nl", "en", "de", "fr", "content", "spaces"],
    )
    def test_a_wrong_word_is_found(self, file: str, before: str, after: str, tmp_path: Path) -> None:
        for name in ("hub", "nccsi/demo", "locale", "accounts/wording", GLOSSARY):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).symlink_to(settings.BASE_DIR / name)
        assert list(shortcomings(tmp_path)) == []
        wrong = (settings.BASE_DIR / file).read_text()
        assert before in wrong
        wrong = wrong.replace(before, after, 1)
        (tmp_path / ("nccsi/demo" if file.startswith("nccsi") else file.split("/")[0])).unlink()
        target = tmp_path / file
        target.parent.mkdir(parents=True)
        target.write_text(wrong)
        assert list(shortcomings(tmp_path)), f"“{after}” went unnoticed"

    def test_a_page_without_its_table_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "glossary.md").write_text("# Glossary\n")
        with pytest.raises(ValueError, match="no table"):
            rules(tmp_path / "glossary.md")


class TestFrench:
    @pytest.mark.parametrize(
        ("typed", "set_right"),
        [
            ("Pourquoi ? Parce que !", "Pourquoi\u202f? Parce que\u202f!"),
            ("une page; une autre", "une page\u202f; une autre"),
            ("Suivre : l'appel", "Suivre\u00a0: l’appel"),
            ("« Accueil »", "«\u00a0Accueil\u00a0»"),
            ("«Accueil»", "«\u00a0Accueil\u00a0»"),
            ("Vraiment ?!", "Vraiment\u202f?!"),
            ("l'« appel »", "l’«\u00a0appel\u00a0»"),
            ("d'%(name)s", "d’%(name)s"),
            ("(vide ?)", "(vide\u202f?)"),
        ],
    )
    def test_set(self, typed: str, set_right: str) -> None:
        assert french.mended(typed) == set_right
        assert french.mended(set_right) == set_right
        assert french.faults(typed)
        assert french.faults(set_right) == []

    @pytest.mark.parametrize(
        "text", ["https://example.org/?q=a", "à 09:00", "deadline:7", "A &amp; B", "(?)", "<a href='x'>lien</a>", ""]
    )
    def test_left_alone(self, text: str) -> None:
        assert french.mended(text) == text

    def test_languages_in_running_text(self) -> None:
        with override("fr"):
            assert [language_name(code) for code in ("en", "nl", "fi", "xx", None)] == [
                "anglais",
                "néerlandais",
                "finlandais",
                "xx",
                "",
            ]
        with override("nl"):
            assert language_name("en") == "Engels"
