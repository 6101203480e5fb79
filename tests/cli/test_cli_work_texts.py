"""Texts of pieces on the command line: handed in, shown, compared; the pile and checking it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from docx import Document

if TYPE_CHECKING:
    from pathlib import Path

    from cli_program import Program

NOTE = "教师要先学会倾听，再学会说话，孩子的声音最要紧。"
MORE = "我在自己的班上试了两周，每天留出十分钟。"


@pytest.fixture
def handed_in(school: Program) -> Program:
    """Three pieces for a task of 30 words: one of them copied, one short and without a text."""
    school.good("work", "assign", "十一月笔记", "--kind", "reading_note", "--due", "2026-11-30", "--words", "30")
    school.good("work", "add", "李四", "--text", f"{NOTE}{MORE}", "--date", "2026-11-12")
    school.good("work", "add", "张三", "--text", f"{NOTE}没有别的想法，就写到这里为止。", "--date", "2026-11-13")
    school.good("work", "add", "赵小云", "--words", "12", "--date", "2026-11-14")
    return school


def works(program: Program) -> dict[str, dict[str, Any]]:
    return {work["name"]: work for work in program.good("work", "list", "--json").json}


def test_a_text_is_counted_both_ways_by_name_and_kept(school: Program) -> None:
    told = school.good("work", "add", "张三", "--text", "读《静默》有感：好 two。")
    assert "Chinese characters 6 · WPS/Word word count 11" in told.err
    assert works(school)["张三"]["words"] == 11
    shown = school.good("work", "text", "张三")
    assert shown.out == "读《静默》有感：好 two。\n"
    assert school.good("work", "text", "张三", "--json").json["han"] == 6
    school.good("undo")
    assert school("work", "text", "张三").code == 4


def test_a_word_document_is_handed_in_by_its_name(school: Program, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("第一段。")
    document.add_paragraph("第二段。")
    document.save(str(tmp_path / "note.docx"))
    school.good("work", "add", "张三", "--file", "note.docx", "--kind", "reflection")
    assert works(school)["张三"]["words"] == 8
    assert school.good("work", "text", "张三").out == "第一段。\n第二段。\n"
    assert school.good("work", "text", "张三", "--json").json["file"] == "note.docx"


def test_a_text_comes_from_standard_input_in_any_encoding(school: Program) -> None:
    for option in ("--file", "--text"):
        arguments = school.arguments("work", "add", "张三", option, "-")
        done = school.process(*arguments, stdin=NOTE.encode("gb18030"))
        assert done.code == 0, done.err
    assert school.good("work", "text", "张三").out == NOTE + "\n"


def test_a_text_that_shall_not_be_kept_is_counted_only(school: Program) -> None:
    school.good("work", "add", "张三", "李四", "--text", NOTE, "--no-keep")
    assert [work["words"] for work in works(school).values()] == [24, 24]
    answer = school("work", "text", "张三")
    assert answer.code == 4
    assert "--file FILE" in answer.err


def test_files_that_hold_no_text_are_refused_with_one_sentence_and_nothing_is_written(
    school: Program, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 100)
    (tmp_path / "torn.docx").write_bytes(b"PK\x03\x04torn")
    (tmp_path / "long.txt").write_text("字" * 200_001, encoding="utf-8")
    for file, code, words in (
        ("empty.txt", 3, "empty.txt has no text in it."),
        ("old.doc", 3, "save it as docx"),
        ("torn.docx", 3, "damaged Word document"),
        ("long.txt", 3, "200001 characters"),
        ("nothing.docx", 4, "There is no file"),
    ):
        answer = school("work", "add", "张三", "--file", file)
        assert (answer.code, answer.err.count("\n")) == (code, 1), answer.err
        assert words in answer.err
    assert school("work", "add", "张三", "李四", "--text", NOTE).code == 2
    assert school("work", "add", "张三", "--text", NOTE, "--file", "empty.txt").code == 2
    assert works(school) == {}


def test_a_text_is_put_in_place_of_another_only_after_a_yes(handed_in: Program) -> None:
    assert handed_in("work", "text", "张三", "--text", "新的。").code == 5
    handed_in.good("work", "text", "张三", "--text", "新的。", "--yes")
    assert works(handed_in)["张三"]["words"] == 3
    handed_in.good("work", "text", "赵小云", "--text", "补上的。")
    assert handed_in("work", "text", "赵小云", "--remove").code == 5
    handed_in.good("work", "text", "赵小云", "--remove", "--yes")
    assert handed_in("work", "text", "赵小云").code == 4
    assert works(handed_in)["赵小云"]["words"] == 4


def test_an_overlap_is_shown_with_the_passages_one_above_the_other(handed_in: Program) -> None:
    lines = handed_in.good("work", "overlap", "张三").out.splitlines()
    assert lines[1].strip() == "62 % also in 李四, 2026-11-12"
    assert [line.strip(" |=") for line in lines[2:]] == [NOTE[:-1], NOTE[:-1]]
    assert handed_in("work", "overlap", "赵小云").code == 4
    found = handed_in.good("work", "overlap", "--all", "--json").json
    assert [(one["name"], one["others"][0]["name"]) for one in found] == [("张三", "李四"), ("李四", "张三")]
    (passage,) = found[0]["others"][0]["passages"]
    assert (passage["start"], passage["end"], passage["text"]) == (0, 23, NOTE[:-1])
    assert handed_in.good("work", "overlap", "--all", "--least", "99").out == ""
    assert handed_in("work", "overlap").code == handed_in("work", "overlap", "张三", "--all").code == 2


def test_the_pile_tells_what_one_wants_to_know_to_check(handed_in: Program) -> None:
    pile = handed_in.good("work", "pile", "--for", "十一月笔记", "--json").json
    assert [(one["name"], one["needed"], one["short"]) for one in pile] == [
        ("李四", 30, 0), ("张三", 30, 0), ("赵小云", 30, 18),
    ]  # fmt: skip
    assert pile[1]["overlaps"][0]["name"] == "李四"
    assert (pile[0]["han"], pile[0]["office"]) == (39, 44)
    handed_in.good("work", "check", "李四", "B")
    handed_in.good("work", "add", "李四", "--words", "50")
    table = handed_in.good("work", "pile")
    assert "62 % also in 李四, 2026-11-12" in table.out
    assert "3 pieces wait." in table.err
    assert handed_in.good("work", "pile", "--json").json[-1]["earlier"] == "B"
    assert handed_in.good("work", "pile", "--kind", "essay", "--json").json == []


def test_a_pile_is_checked_at_once_after_it_was_shown_and_undone_at_once(handed_in: Program) -> None:
    check = ("work", "check", "--all", "--kind", "reading_note", "--grade", "a", "--short", "B")
    shown = handed_in.good(*check, "--dry-run").out
    assert [line.split()[-1] for line in shown.splitlines()[1:]] == ["A", "A", "B"]
    assert handed_in(*check).code == 5
    assert {work["grade"] for work in works(handed_in).values()} == {None}
    handed_in.good(*check, "--yes", "--by", "王校长")
    assert {name: (work["grade"], work["checker"]) for name, work in works(handed_in).items()} == {
        "李四": ("A", "王校长"), "张三": ("A", "王校长"), "赵小云": ("B", "王校长"),
    }  # fmt: skip
    assert "Nothing was changed" in handed_in.good(*check, "--yes").err
    handed_in.good("undo")
    assert {work["status"] for work in works(handed_in).values()} == {"handed_in"}


def test_a_pile_is_not_checked_with_a_grade_that_is_none(handed_in: Program) -> None:
    assert handed_in("work", "check", "--all", "--grade", "Z", "--dry-run").code == 3
    assert handed_in("work", "check", "--all", "--short", "B", "--yes").code == 3
    assert handed_in("work", "check", "--all", "张三").code == handed_in("work", "check").code == 2
    assert {work["status"] for work in works(handed_in).values()} == {"handed_in"}
    assert "would be checked: B" in handed_in.good("work", "check", "张三", "--grade", "B", "--dry-run").err


def test_the_form_of_the_check_is_filled_from_the_records(handed_in: Program, tmp_path: Path) -> None:
    handed_in.good("work", "check", "李四", "A", "--by", "王校长")
    handed_in.good("export", "note-check", "-o", "检查.xlsx")
    assert (tmp_path / "检查.xlsx").read_bytes().startswith(b"PK")
    found = handed_in.good("export", "note-check", "--until", "2026-11-30", "-f", "json", "-o", "-").json
    line = next(one for one in found if one["name"] == "李四")
    assert (line["asked_pieces"], line["pieces"], line["asked_words"], line["words"]) == (1, 1, 30, 44)
    assert (line["grades"], line["checkers"], line["overlap_with"]) == (["A"], ["王校长"], "张三")
    assert "李四" in handed_in.good("export", "note-check", "-f", "csv", "--kind", "reading_note", "-o", "-").out


def test_a_book_that_changes_how_it_counts_counts_its_texts_anew(handed_in: Program) -> None:
    before = {name: work["words"] for name, work in works(handed_in).items()}
    assert "Nothing was changed" in handed_in.good("work", "recount", "--yes").err
    handed_in.good("settings", "set", "word_count", "han")
    assert handed_in("work", "recount").code == 5
    handed_in.good("work", "recount", "--dry-run")
    assert {name: work["words"] for name, work in works(handed_in).items()} == before
    handed_in.good("work", "recount", "--yes")
    assert {name: work["words"] for name, work in works(handed_in).items()} == {"李四": 39, "张三": 34, "赵小云": 12}
    handed_in.good("undo")
    assert {name: work["words"] for name, work in works(handed_in).items()} == before
