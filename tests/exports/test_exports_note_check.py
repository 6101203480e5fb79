"""The form on which study notes are checked: what was due, what came in, grades, overlap; as table and as workbook."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from coordinator_tui.book.book import Book
from coordinator_tui.book.members import add_member
from coordinator_tui.book.note_checks import NoteCheck, note_checks
from coordinator_tui.book.readings import add_reading
from coordinator_tui.book.rules import adopt_text
from coordinator_tui.book.work import assign, check, hand_in, return_work
from coordinator_tui.domain.vocabulary import WorkKind
from coordinator_tui.exports.note_check import note_check_file, note_check_name
from coordinator_tui.text import select_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY = date(2026, 11, 18)
NOTE = "教师要先学会倾听，再学会说话，孩子的声音最要紧。"
PACK = """
id: school-notes
format: 1
title: {zh: 本校笔记制度}
source: {zh: 本校}
applies: {zh: 教师}
clauses:
  - id: "1"
    text: {zh: 每月一篇，每篇不少于800字。}
    requirements:
      - id: monthly-note
        title: {zh: 每月一篇}
        who: {each: member}
        what: {work: [reading_note], words_each: 800}
        how_many: {at_least: 1}
        per: month
"""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Three teachers; one handed in two notes (one copied), one a note that was given back, one nothing."""
    select_language("en")
    folder = tmp_path / "notes.coord"
    with Book.create(folder, school="春风小学", group="语文教研组", term="2026-2027-1", user="li", today=TODAY) as made:
        people = [add_member(made, name, group=made.group.id, subject="语文").id for name in ("安然", "陈静", "李强")]
        for month in (9, 10):
            assign(made, f"{month}月笔记", kind=WorkKind.READING_NOTE, due=date(2026, month, 28), words=800)
        reading = add_reading(made, "给教师的建议")
        first = hand_in(
            made, people[0], date=date(2026, 9, 20), reading=reading.id, text=f"{NOTE}我的想法。", words=900
        )
        second = hand_in(made, people[0], date=date(2026, 10, 20), title="静默", words=780)
        check(made, first.id, "A", checker="王校长", on=date(2026, 10, 1))
        check(made, second.id, "B", checker="王校长", on=date(2026, 11, 2))
        back = hand_in(made, people[1], date=date(2026, 9, 25), text=f"{NOTE}别的话。", words=300)
        return_work(made, back.id, reason="字数不够")
        hand_in(made, people[1], date=date(2026, 11, 3), kind=WorkKind.INSIGHT, words=500)
        hand_in(made, people[2], date=date(2026, 3, 3), words=800)
        yield made


def lines(book: Book, since: date | None = None, until: date | None = None) -> dict[str, NoteCheck]:
    return {line.name: line for line in note_checks(book, group=book.group.id, since=since, until=until)}


def test_what_was_due_and_what_came_in_by_the_assignments(book: Book) -> None:
    found = lines(book)
    assert [(line.asked_pieces, line.asked_words) for line in found.values()] == [(2, 1600)] * 3
    assert [(len(line.works), line.words) for line in found.values()] == [(2, 1680), (0, 0), (0, 0)]
    assert found["安然"].topics == ("给教师的建议", "静默")
    assert found["安然"].grades == ("A", "B")
    assert (found["安然"].checked_on, found["安然"].checkers) == (date(2026, 11, 2), ("王校长",))
    assert found["陈静"].insights == 1
    assert [work.reason for work in found["陈静"].returned] == ["字数不够"]
    shared = found["安然"].shared
    assert shared is not None
    assert shared.name == "陈静"


def test_one_month_may_be_checked_alone(book: Book) -> None:
    found = lines(book, since=date(2026, 10, 1), until=date(2026, 10, 31))
    assert (found["安然"].asked_pieces, len(found["安然"].works), found["安然"].grades) == (1, 1, ("B",))
    assert lines(book, since=date(2026, 11, 1))["李强"].asked_pieces is None


def test_a_rule_in_force_asks_as_the_assignments_do_and_not_on_top_of_them(book: Book) -> None:
    adopt_text(book, PACK)
    found = lines(book)
    assert (found["李强"].asked_pieces, found["李强"].asked_words) == (2, 1600), "September and October, once each"
    november = lines(book, since=date(2026, 11, 1), until=date(2026, 11, 30))
    assert (november["李强"].asked_pieces, november["李强"].asked_words) == (1, 800), "what only the rule asks for"


def test_the_form_is_a_workbook_with_head_columns_and_signatures(book: Book) -> None:
    sheet = load_workbook(io.BytesIO(note_check_file(book, "xlsx"))).worksheets[0]
    rows: list[list[Any]] = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "Check of study notes"
    assert "春风小学" in rows[1][0]
    assert "2026-09-01 to 2026-11-18" in rows[1][0]
    head, first, second, third = rows[2:6]
    assert len(head) == 15
    shown = dict(zip(head, first, strict=True))
    assert (shown["Name"], shown["Pieces due"], shown["Pieces in"], shown["Words in"]) == ("安然", 2, 2, 1680)
    assert shown["Overlap"].endswith(" % 陈静")
    assert shown["Excerpts"] is None
    assert shown["Grade A/B/C"] == "A B"
    assert dict(zip(head, second, strict=True))["Note"] == "1 returned (字数不够)"
    assert dict(zip(head, third, strict=True))["Pieces in"] == 0
    assert any("Group leader：" in str(row[0]) for row in rows[6:])
    assert note_check_name(book, "xlsx") == "Check of study notes-语文教研组-2026-2027-1.xlsx"


@pytest.mark.parametrize("fmt", ["text", "md", "csv", "json"])
def test_the_form_is_there_in_every_format(book: Book, fmt: str) -> None:
    content = note_check_file(book, fmt).decode()  # type: ignore[arg-type]  # each of the formats
    assert "安然" in content
    assert "1680" in content
