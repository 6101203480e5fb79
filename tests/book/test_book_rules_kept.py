"""A school's copies of its packs: one that cannot be read, and those that two machines changed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.book import rules
from coordinator_tui.book.book import Book
from coordinator_tui.book.conflicts import all_conflicts, find_conflict, resolve
from coordinator_tui.book.errors import NoSuchThing, Refused
from coordinator_tui.book.rule_gaps import gaps
from coordinator_tui.book.rule_ledger import ledger_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coordinator_tui.domain.records import Member

    Twins = tuple[Book, Book]


def damage(book: Book, identity: str) -> None:
    """Write into a copy what no version reads, as a hand in data.json does."""
    record = rules.find_pack(book, identity).record
    with book.step("packs.edit", pack=identity):
        book.packs.update(record.id, text=record.text.replace("per: month", "per: mouth"))


# a copy that cannot be read


def test_a_copy_that_cannot_be_read_is_told_of_and_not_called_missing(book: Book) -> None:
    rules.adopt(book, "s19")
    damage(book, "s19")
    assert [name for name, _error in rules.broken(book)] == ["s19"]
    for asked in ("s19", ""):
        with pytest.raises(Refused, match=r"“s19” cannot be read. s19.yaml, line \d+.*“month”"):
            rules.find_pack(book, asked)
    with pytest.raises(Refused, match="cannot be read"):
        rules.adopt(book, "s19")


def test_a_copy_that_cannot_be_read_can_be_mended_dropped_and_brought_back(book: Book) -> None:
    rules.adopt(book, "s19", answers={"notes_per_term": "5"})
    good = rules.find_pack(book, "s19").record.text
    damage(book, "s19")
    assert "per: mouth" in rules.kept_pack(book, "s19").text
    assert rules.adopt_text(book, good, replace=True).answers["notes_per_term"] == 5
    damage(book, "s19")
    assert rules.edit(book, "s19", good).record.text == good
    damage(book, "s19")
    rules.drop(book, "s19")
    assert rules.broken(book) == []
    with pytest.raises(Refused, match="cannot be read"):
        rules.adopt(book, "s19")
    assert rules.adopt_text(book, good).pack.id == "s19"


def test_a_copy_of_another_pack_is_not_taken_for_this_one(book: Book) -> None:
    record = rules.adopt(book, "s19").record
    with book.step("packs.edit", pack="s19"):
        book.packs.update(record.id, text=record.text.replace("id: s19\n", "id: s18\n", 1))
    assert rules.packs(book) == []
    assert "not of “s19”" in str(rules.broken(book)[0][1])


def test_answers_that_come_with_a_new_text_are_taken(book: Book) -> None:
    text = rules.adopt(book, "s19", answers={"notes_per_term": 5}).record.text
    kept = rules.adopt_text(book, text, answers={"relay_days": "7"}, replace=True)
    assert (kept.answers["notes_per_term"], kept.answers["relay_days"]) == (5, 7)
    with pytest.raises(Refused):
        rules.adopt_text(book, text, answers={"relay_days": "soon"}, replace=True)
    with pytest.raises(NoSuchThing, match="no setting"):
        rules.adopt_text(book, text, answers={"nothing": "1"}, replace=True)


# history


def test_history_tells_what_changed_in_a_regulation_and_not_all_of_it(book: Book) -> None:
    rules.adopt(book, "s19")
    text = rules.find_pack(book, "s19").record.text
    rules.edit(book, "s19", text.replace("per: month", "per: {weeks: 3}"))
    rules.answer(book, "s19", "notes_per_term", 5)
    said = [line.sentence() for line in book.history("packs")]
    assert said[0].endswith("essays or reflections per term: open → Notes, essays or reflections per term: 5")
    assert said[1].endswith("the school's copy: per: month → per: {weeks: 3}")
    assert max(map(len, said)) < 500
    assert all(line.thing.startswith("Teachers' study and exchange") for line in book.history("packs"))
    assert any(sentence.endswith("lines") for sentence in said)


# two machines


@pytest.fixture
def twins(book: Book, people: dict[str, Member], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Book]:
    """Let two machines write the same regulation differently; the call puts their logs side by side."""
    assert people
    copy = tmp_path / "copy.coord"
    shutil.copytree(book.folder, copy)
    rules.adopt(book, "s19", answers={"notes_per_term": 5, "relay_days": 7})
    _say_often(book, "每月两篇")
    book.close()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another machine"))
    with Book.open(copy, user="wang", today=book.today) as there:
        rules.adopt(there, "s19", answers={"notes_per_term": 6, "relay_days": 7})
        _say_often(there, "每月三篇")
    for log in (copy / "log").iterdir():
        if not (book.folder / "log" / log.name).exists():
            shutil.copytree(log, book.folder / "log" / log.name)
    return lambda: Book.open(book.folder, user="li", today=book.today)


def _say_often(book: Book, often: str) -> None:
    text = rules.find_pack(book, "s19").record.text
    rules.edit(book, "s19", text.replace("zh: 每月一篇读书笔记", f"zh: {often}读书笔记"))


def test_two_answers_to_one_question_are_a_conflict_that_names_the_question(twins: Callable[[], Book]) -> None:
    with twins() as book:
        view = next(view for view in all_conflicts(book) if view.conflict.field == "answers")
        assert view.thing.startswith("Teachers' study and exchange")
        assert view.field == "Notes, essays or reflections per term"
        assert set(view.values) == {"5", "6"}
        resolve(book, view, view.values.index("5") + 1)
        assert rules.find_pack(book, "s19").answers["notes_per_term"] == 5
        assert {gap.row.needed for gap in gaps(book, requirement="s19/6/term-notes")} == {5}


def test_two_texts_of_one_regulation_are_told_by_the_lines_that_differ(twins: Callable[[], Book]) -> None:
    with twins() as book:
        view = next(view for view in all_conflicts(book) if view.conflict.field == "text")
        assert view.field == "the school's copy"
        assert all(len(words) < 120 for words in view.values)
        wanted = next(number for number, words in enumerate(view.values, 1) if "每月三篇" in words)
        assert ledger_lines(book)  # meanwhile one of the two counts
        resolve(book, find_conflict(book, view.conflict.id), wanted)
        assert "每月三篇读书笔记" in rules.find_pack(book, "s19").record.text
        assert [left.conflict.field for left in all_conflicts(book)] == ["answers"]
        assert ledger_lines(book)
