"""The page on rule packs, the schema for editors, the template and the reader agree on every key."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema  # type: ignore[import-untyped] # it ships no types and needs none here
import pytest
import yaml

from coordinator_tui.domain.rules import words
from coordinator_tui.domain.rules.notes import Notes
from coordinator_tui.domain.rules.reading import check_pack
from coordinator_tui.domain.rules.schema import SHAPES, json_schema
from coordinator_tui.domain.rules.tree import Keyed, tree

if TYPE_CHECKING:
    from coordinator_tui.domain.rules.shape import Shape

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/rule-packs.md").read_text(encoding="utf-8")
ZH, EN = PAGE.split("\n## English\n")
PAGES = {"zh": ZH, "en": EN}
PACKS = sorted((ROOT / "config/rules").glob("*.yaml"))
_ROW = re.compile(r"^\| `(\w+)` \| (.*) \| `(.+)` \|$", re.MULTILINE)
SOURCES_COLUMN = {"what", "part"}


def shapes_of(section: str) -> dict[str, Shape]:
    """Return the shapes that a section explains, by what tells them apart."""
    return {name.partition(" ")[2]: shape for shape in SHAPES if (name := shape.name).split(" ")[0] == section}


def sections(page: str) -> dict[str, dict[str, tuple[list[str], str]]]:
    """Return key → (columns, example) for every section of a page."""
    parts = re.split(r"^### (\w+)(?:：|: ).*$", page, flags=re.MULTILINE)
    return {
        name: {key: (cells.split(" | "), example) for key, cells, example in _ROW.findall(body)}
        for name, body in zip(parts[1::2], parts[2::2], strict=True)
        if name != "data"
    }


@pytest.mark.parametrize("lang", PAGES)
def test_the_page_explains_every_key_that_the_reader_takes_and_no_other(lang: str) -> None:
    explained = {section: set(rows) for section, rows in sections(PAGES[lang]).items()}
    taken: dict[str, set[str]] = {}
    for shape in SHAPES:
        taken.setdefault(shape.name.split(" ")[0], set()).update(shape.keys)
    assert explained == taken


@pytest.mark.parametrize("lang", PAGES)
def test_the_page_says_which_keys_must_be_there_and_for_which_sources(lang: str) -> None:
    yes, all_ = ("是", "全部") if lang == "zh" else ("yes", "all")
    for section, rows in sections(PAGES[lang]).items():
        shapes = shapes_of(section)
        for key, (columns, _example) in rows.items():
            having = {name: shape for name, shape in shapes.items() if key in shape.keys}
            if section in SOURCES_COLUMN:
                assert columns[2] == (all_ if len(having) == len(shapes) else ", ".join(having)), (section, key)
            if section not in {"what", "per"}:
                assert (columns[0] == yes) == all(key in shape.needed for shape in having.values()), (section, key)


@pytest.mark.parametrize("lang", PAGES)
def test_every_example_of_the_page_can_be_read(lang: str) -> None:
    for section, rows in sections(PAGES[lang]).items():
        for key, (_columns, example) in rows.items():
            node = tree(example)
            assert isinstance(node, Keyed)
            value = node.get(key)
            assert value is not None, example
            shape = next(shape for shape in shapes_of(section).values() if key in shape.keys)
            notes = Notes()
            with notes.going_on():
                shape.keys[key].read(value, key, notes)
            assert [str(error) for error in notes.errors] == [], example


@pytest.mark.parametrize("lang", PAGES)
def test_the_page_names_every_word_of_every_list(lang: str) -> None:
    lists = [each for each in vars(words).values() if isinstance(each, words.WordList)]
    assert len(lists) > 25
    missing = {code for each in lists for code in each.codes if not re.search(rf"\b{code}\b", PAGES[lang])}
    assert missing == set()


def test_the_pack_at_the_head_of_the_page_reads() -> None:
    [block] = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert check_pack(block) == []


def test_the_template_shows_every_key() -> None:
    template = (ROOT / "config/rules/template.yaml").read_text(encoding="utf-8")
    keys = {key for shape in SHAPES for key in shape.keys}
    assert {key for key in keys if not re.search(rf"\b{key}\b", template)} == set()


def test_the_schema_in_the_documentation_is_the_reader_s() -> None:
    shipped = json.loads((ROOT / "docs/rule-pack.schema.json").read_text(encoding="utf-8"))
    assert shipped == json_schema(), "run: python -m coordinator_tui.domain.rules.schema > docs/rule-pack.schema.json"


@pytest.fixture(scope="module")
def validator() -> Any:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def as_json(text: str) -> Any:
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


@pytest.mark.parametrize("file", PACKS, ids=lambda file: file.stem)
def test_every_shipped_pack_reads_and_fits_the_schema(file: Path, validator: Any) -> None:
    text = file.read_text(encoding="utf-8")
    assert [str(error) for error in check_pack(text, name=file.name)] == []
    assert [
        f"{list(error.absolute_path)}: {error.message[:200]}" for error in validator.iter_errors(as_json(text))
    ] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("format: 1", "format: 2"),
        ("source:", "sorce:"),
        ("type: number", "type: nummer"),
        ("words_each: 800", "words_each: many"),
        ("sessions: [政治学习, 业务学习]   #", "sesions: [政治学习]   #"),
        ("per: {months: 2}", "per: {moths: 2}"),
        ("source: attendance", "source: atendance"),
        ("due: {day: 25}", "due: {day: 32}"),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(old: str, new: str, validator: Any) -> None:
    template = (ROOT / "config/rules/template.yaml").read_text(encoding="utf-8")
    assert old in template
    text = template.replace(old, new, 1)
    assert check_pack(text)
    assert list(validator.iter_errors(as_json(text)))
