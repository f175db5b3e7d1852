"""A PDF read back by a library that did not write it: what it says of itself, and that data never becomes markup."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typst
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from hub.pdf import typesetting

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
PROOF = """
#import "/hub/pdf/sheet.typ": data, mark, sheet
#show: sheet
#mark(12mm)
#title()
= #data.heading
#data.words
#table(columns: 2, table.header([#data.heading], [#data.heading]), ..data.rows.flatten())
"""
ROWS = [["one", "two"], ["three", "four"]]


@pytest.fixture
def proof(tmp_path: Path, settings: Any) -> str:
    """A template that uses what others may; the sheet beside it is the real one."""
    (tmp_path / "hub").mkdir()
    (tmp_path / "hub" / "pdf").mkdir()
    (tmp_path / "hub" / "pdf" / "sheet.typ").write_bytes((TEMPLATES / "hub" / "pdf" / "sheet.typ").read_bytes())
    (tmp_path / "proof.typ").write_text(PROOF, encoding="utf-8")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}, *settings.TEMPLATES[1:]]
    return "proof.typ"


def _made(proof: str, words: str = "Words", *, language: str = "nl", title: str = "Bewijs") -> PdfReader:
    context = {"heading": "Kop", "words": words, "rows": ROWS}
    return PdfReader(io.BytesIO(typesetting.render(proof, context, language=language, title=title)))


def _kinds(node: Any) -> Iterator[str]:
    """The kinds of all tags below this one."""
    node = node.get_object()
    if isinstance(node, DictionaryObject):
        if "/S" in node:
            yield str(node["/S"])
        children = node.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            yield from _kinds(child)


def test_it_says_what_it_is(proof: str) -> None:
    reader = _made(proof, title='Wie "wij" zijn & <waarom>')
    root: Any = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == 'Wie "wij" zijn & <waarom>'
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    described = root["/Metadata"].get_data().decode()
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>|pdfuaid:part=\"1\"", described)


def test_readers_are_led_by_tags(proof: str) -> None:
    root: Any = _made(proof).trailer["/Root"]
    kinds = list(_kinds(root["/StructTreeRoot"]))
    assert {"/H1", "/Table", "/TH", "/TD", "/P"} <= set(kinds)
    assert kinds.count("/TD") == sum(map(len, ROWS))
    assert "/Figure" not in kinds  # the mark is an ornament


@pytest.mark.parametrize(
    "words",
    [
        "\"quoted\" 'once' #panic() $x^2$ \\ *bold* _thin_ `raw` <label> @ref // no comment /* nor this */ = 1 - 2 + 3",
        '#import "/etc/passwd": * #read("/etc/passwd") #sys.inputs',
        "Αθήνα, Ωμέγα, ΐ",
        "Zażółć gęślą jaźń Łódź",
        "София, Ђорђе",
        "Șăță Őű Ðþ ŋĸ ẞß",
        "é è ç ï – — … “ ” „ ‘ ’ € • ·",
    ],
)
def test_words_come_out_as_they_went_in(proof: str, words: str) -> None:
    found = " ".join(_made(proof, words).pages[0].extract_text().split())
    assert words in found


@pytest.mark.parametrize(("words", "said"), [("李明", "LiMing"), ("ok 😀 ok", "ok :grinning: ok"), ("a\x01\tb", "a b")])
def test_letters_that_no_font_has_do_not_lose_the_page(proof: str, words: str, said: str) -> None:
    """What else stands on it stays as it was, Greek too."""
    found = " ".join(_made(proof, f"{words} Αθήνα").pages[0].extract_text().split())
    assert said in found
    assert "Αθήνα" in found


def test_the_longest_pages_are_refused_before_they_cost_anything(proof: str) -> None:
    with pytest.raises(typesetting.TooMuchForOnePdfError):
        _made(proof, "x" * typesetting.MOST_DATA)


def test_a_mistake_in_a_template_is_told(proof: str) -> None:
    with pytest.raises(typst.TypstError, match="rows"):
        typesetting.render(proof, {"heading": "x", "words": "x"}, language="en", title="x")


def test_templates_need_nothing_but_what_is_here() -> None:
    """No package of the universe, which would be fetched, and no word that a translator would not see."""
    value = r"#[\w.-]+(?:\((?:[^()]|\([^()]*\))*\))?"
    for path in TEMPLATES.rglob("*.typ"):
        text = path.read_text(encoding="utf-8")
        assert '"@' not in text, path
        without_code = re.sub(r"//.*|\"[^\"\n]*\"", "", text)
        content = re.findall(r"\[([^\[\]]*)\]", without_code)
        assert not [words for words in content if re.search(r"[a-z]{3}", re.sub(value, "", words))], path


def test_the_fonts_of_the_portal_are_found() -> None:
    families = typesetting._fonts().families()
    assert {"Figtree", "Libertinus Serif"} <= set(families)


def test_data_is_json(proof: str) -> None:
    assert json.loads(typesetting._written({"language": "nl"})) == {"language": "nl"}
