"""Every text of the program is there in Chinese, complete and with the same placeholders."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from coordinator_tui.text import catalogue
from coordinator_tui.text.catalogue import PLURAL_FORMS, extract, fill, path_of, problems, read, rendered, updated
from coordinator_tui.text.po import Entry, read_entries

ROOT = Path(__file__).parents[2]
KEYWORDS = {"_", "gettext", "ngettext", "pgettext", "lazy", "mark"}


@pytest.fixture(scope="module")
def wanted() -> list[Entry]:
    return extract()


@pytest.mark.parametrize("locale", PLURAL_FORMS)
def test_the_catalogue_holds_every_message_and_no_other(locale: str, wanted: list[Entry]) -> None:
    assert "\n".join(problems(wanted, read(locale), chinese=locale == "zh_CN")) == ""


@pytest.mark.parametrize("locale", PLURAL_FORMS)
def test_the_catalogues_file_is_as_the_tool_writes_it(locale: str) -> None:
    source = path_of(locale).read_text(encoding="utf-8")
    assert source == rendered(read(locale), locale)
    assert not re.search(r"^#[~:]", source, re.MULTILINE)


def test_messages_are_found_however_they_are_marked(tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text(
        '_("one"); gettext("two"); lazy("three"); mark("four"); ngettext("{n} five", "{n} fives", n)\n'
        'pgettext("verb", "six"); print("seven"); _(unknown)\n',
        encoding="utf-8",
    )
    found = [(entry.context, entry.msgid, entry.plural) for entry in extract(tmp_path)]
    assert found == sorted(found, key=lambda entry: entry[1])
    assert set(found) == {
        (None, "one", None), (None, "two", None), (None, "three", None), (None, "four", None),
        (None, "{n} five", "{n} fives"), ("verb", "six", None),
    }  # fmt: skip


def text(msgid: str, translation: str, **more: str | bool) -> Entry:
    return Entry(msgid, translations={0: translation}, **more)  # type: ignore[arg-type]  # fields by name in a table


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (text("Late", "迟到"), None),
        (text("{name} is late", "{name} 迟到"), None),
        (text("{count}", "{count}"), None),
        (text("JSON", "JSON"), None),
        (text("{n} note", "{n} 篇笔记", plural="{n} notes"), None),
        (text("One note", "{n} 篇笔记", plural="{n} notes"), None),
        (text("Late", ""), "untranslated"),
        (text("Late", "Late"), "no Chinese"),
        (text("{name} is late", "迟到"), "other placeholders"),
        (text("{name} is late", "{nmae} 迟到"), "other placeholders"),
        (text("{name} is late", "{name 迟到"), "other placeholders"),
        (text("{n} note", "笔记", plural="{n} notes"), "other placeholders"),
        (text("Late", "迟到", fuzzy=True), "fuzzy"),
    ],
)
def test_a_poor_translation_is_noticed(entry: Entry, problem: str | None) -> None:
    assert problems([entry], [entry], chinese=True) == ([f"{problem}: {entry.msgid!r}"] if problem else [])


def test_missing_and_forgotten_messages_are_noticed() -> None:
    late, early = text("Late", "迟到"), text("Left early", "早退")
    assert problems([late], [early], chinese=True) == ["missing: 'Late'", "obsolete: 'Left early'"]


def test_english_may_stay_empty() -> None:
    assert problems([text("Late", "")], [text("Late", "")], chinese=False) == []


def test_bringing_up_to_date_keeps_translations_and_drops_what_nobody_says() -> None:
    old = [text("Late", "迟到"), text("Gone", "没了")]
    entries = updated([Entry("Late"), Entry("{n} note", plural="{n} notes")], old, 1)
    assert [(entry.msgid, entry.translations) for entry in entries] == [("Late", {0: "迟到"}), ("{n} note", {0: ""})]


def test_filling_touches_only_what_is_empty_and_names_what_fits_nothing() -> None:
    entries = [
        text("Late", "迟到"),
        text("Early", ""),
        text("Mark", "", context="verb"),
        text("{n} note", "", plural="{n} notes"),
    ]
    unused = fill(entries, {"Late": "晚", "Early": "早", "verb|Mark": "点", "{n} notes": "{n} 篇", "Other": "别的"})
    assert [entry.translations[0] for entry in entries] == ["迟到", "早", "点", "{n} 篇"]
    assert unused == {"Other"}


def test_a_written_catalogue_reads_back_the_same() -> None:
    entries = [
        text('A "quoted"\nlong\ttext\n', "一段\n\\长文"),
        text("Mark", "点", context="verb"),
        text("n", "{n}", plural="ns"),
    ]
    assert read_entries(rendered(entries, "zh_CN"))[1:] == entries


def test_the_tool_updates_fills_and_checks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(catalogue, "LOCALES", tmp_path)
    monkeypatch.setattr(catalogue, "extract", lambda: [Entry("Late"), Entry("{n} note", plural="{n} notes")])
    (tmp_path / "room.json").write_text(json.dumps({"Late": "迟到", "Unknown": "不明"}), encoding="utf-8")
    assert catalogue.main(["--fill", str(tmp_path / "room.json")]) == 0
    assert "room.json: no such message: 'Unknown'" in capsys.readouterr().err
    assert catalogue.main(["--check"]) == 8
    assert "zh_CN: untranslated: '{n} note'" in capsys.readouterr().err
    (tmp_path / "more.json").write_text(json.dumps({"{n} note": "{n} 篇笔记"}), encoding="utf-8")
    assert catalogue.main(["--fill", str(tmp_path / "more.json")]) == 0
    assert catalogue.main(["--check"]) == 0
    assert [entry.translations for entry in read("zh_CN")] == [{0: "迟到"}, {0: "{n} 篇笔记"}]


def test_no_message_hides_in_an_f_string_where_extraction_does_not_see_it() -> None:
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sorted((ROOT / "coordinator_tui").rglob("*.py"))
        for joined in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
    ]
    assert hidden == []
