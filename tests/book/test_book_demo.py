"""The demo group: every screen has something to look at, in both languages, on any day of the year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.book.book import Book
from coordinator_tui.book.care import doctor
from coordinator_tui.book.demo import write_demo
from coordinator_tui.book.members import members_of
from coordinator_tui.book.overlaps import all_overlaps
from coordinator_tui.book.pairs import pairs_of
from coordinator_tui.book.schedule import clashes, gaps, sessions_of, sessions_on
from coordinator_tui.book.summary import group_summary
from coordinator_tui.book.today import today_view
from coordinator_tui.book.trainings import relayed
from coordinator_tui.book.work import owed, works_of
from coordinator_tui.domain.vocabulary import EntryKind, SessionStatus, WorkStatus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WEDNESDAY = date(2026, 11, 18)


@pytest.fixture(scope="module", params=["zh", "en"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    folder = write_demo(tmp_path_factory.mktemp("demo") / "demo.coord", language=request.param, today=WEDNESDAY)
    with Book.open(folder, user="reader", today=WEDNESDAY) as book:
        yield book


def test_thirty_teachers_of_whom_one_has_left_and_two_share_a_name(demo: Book) -> None:
    names = [member.name for member in demo.members.all()]
    assert len(names) == 30
    assert len(set(names)) == 29
    assert len(members_of(demo, demo.group.id)) == 29


def test_today_has_a_roll_to_take_and_things_to_see_to(demo: Book) -> None:
    view = today_view(demo)
    assert [session.date for session in view.today] == [WEDNESDAY]
    assert len(view.untaken) >= 1
    assert len(view.half_taken) == 1
    assert view.overdue
    assert view.leaves


def test_notes_are_in_every_state(demo: Book) -> None:
    works = works_of(demo)
    assert {work.status for work in works} == set(WorkStatus)
    assert {work.grade for work in works} == {None, "A", "B"}
    assert owed(demo)


def test_the_term_has_a_cancelled_a_moved_and_an_incomplete_session_and_clashes(demo: Book) -> None:
    sessions = sessions_of(demo, demo.term)
    assert SessionStatus.CANCELLED in {session.status for session in sessions}
    assert any(session.moved_from for session in sessions)
    assert gaps(demo)
    assert clashes(demo)


def test_the_summary_balances(demo: Book) -> None:
    attendance = group_summary(demo).to_json()["attendance"]
    assert sum(attendance["counts"].values()) == attendance["expected"]
    assert attendance["rate"] > 0.8


def test_every_register_has_something_to_see_and_one_training_waits_for_its_relay(demo: Book) -> None:
    assert len(demo.trainings) == 4
    assert len(set(demo.trainings.mapping()) - relayed(demo)) == 1
    assert len(pairs_of(demo, on=WEDNESDAY)) == 2
    assert len(demo.placements) == 1
    assert {one.original_checked for one in demo.achievements} == {True, False}
    kinds = [entry.kind for entry in demo.entries]
    assert (kinds.count(EntryKind.SURVEY), kinds.count(EntryKind.RELAY)) == (2, 3)


def test_history_tells_entries_of_ten_weeks_by_several_people(demo: Book) -> None:
    lines = demo.history()
    assert len({line.by for line in lines}) >= 3
    assert (max(line.at for line in lines) - min(line.at for line in lines)).days > 60
    assert any(line.late for line in lines)
    assert not all(line.late for line in lines)


def test_the_demo_is_a_whole_book(demo: Book) -> None:
    assert [finding for finding in doctor(demo.folder) if finding.severity == "error"] == []


@pytest.mark.parametrize("day", [date(2027, 1, 1) + timedelta(days=31 * month) for month in (0, 2, 6, 10)])
def test_the_demo_can_be_made_on_any_day(tmp_path: Path, day: date) -> None:
    folder = write_demo(tmp_path / "demo.coord", language="zh", today=day)
    with Book.open(folder, today=day) as book:
        assert sessions_on(book, day)
        assert today_view(book).untaken


def test_the_last_notes_have_texts_and_two_share_a_passage(demo: Book) -> None:
    found = all_overlaps(demo, demo.work)
    assert len(demo.texts) == 3
    assert {len(one.found) for one in found} == {1}
    assert len(found) == 2
    assert any(shared.quoted for one in found for shared in one.found)
