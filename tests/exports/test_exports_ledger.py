"""The ledger on paper: clause, requirement, evidence and gap, the same to the byte for the same records."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.book import rules
from coordinator_tui.book.errors import NoSuchThing
from coordinator_tui.exports.ledger import ledger_file, ledger_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordinator_tui.book.book import Book
    from coordinator_tui.exports.formats import Format

    Golden = Callable[[str, bytes], None]

MINE = """
format: 1
id: mine
title: {zh: 本校制度, en: Our regulation}
source: {zh: 校务会议通过, en: Passed by the school's council}
applies: {zh: 全体教师, en: All teachers}
version: 1
clauses:
  - id: "1"
    text: {zh: 每月一篇读书笔记，按时上交。, en: "A reading note a month, in time."}
    requirements:
      - id: note
        title: {zh: "=每月一篇笔记", en: "=A note a month"}
        what: {work: [reading_note]}
        how_many: 1
        per: month
  - id: "2"
    text: {zh: 每次活动有计划、有主题、有主讲人、有形式。, en: Four haves.}
    requirements:
      - id: haves
        title: {zh: 四有, en: Four haves}
        who: {each: group}
        what: {fields: [plan, topic, speaker, form]}
        how_many: 1
        per: session
    remind: [{zh: 活动后用于教学, en: Used for teaching}]
"""


@pytest.fixture
def ruled(book: Book, term: dict[str, int]) -> Book:
    assert term
    rules.adopt_text(book, MINE)
    return book


@pytest.mark.parametrize("fmt", ["text", "md", "csv"])
def test_the_ledger_is_the_same_to_the_byte(ruled: Book, lang: str, fmt: Format, golden: Golden) -> None:
    golden(f"ledger-{lang}.{fmt}", ledger_file(ruled, fmt))


def test_two_workbooks_of_the_same_records_are_the_same(ruled: Book, lang: str) -> None:
    assert lang
    assert ledger_file(ruled, "xlsx") == ledger_file(ruled, "xlsx")


def test_what_a_spreadsheet_would_take_for_a_formula_is_made_harmless(ruled: Book) -> None:
    lines = ledger_file(ruled, "csv").decode("utf-8-sig")
    assert "'=A note a month" in lines


def test_json_has_a_line_for_each_requirement_and_reminder(ruled: Book) -> None:
    lines = json.loads(ledger_file(ruled, "json"))
    assert [(line["clause"], line["kind"]) for line in lines] == [
        ("1", "requirement"),
        ("2", "requirement"),
        ("2", "remind"),
    ]


def test_without_a_pack_there_is_no_ledger(book: Book, term: dict[str, int]) -> None:
    assert term
    with pytest.raises(NoSuchThing, match="rules adopt"):
        ledger_file(book, "text")


def test_the_file_is_named_after_school_and_term(ruled: Book) -> None:
    assert "2026-2027-1" in ledger_name(ruled, "xlsx")
    assert ledger_name(ruled, "xlsx").endswith(".xlsx")
