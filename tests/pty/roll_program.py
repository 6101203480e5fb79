"""The roll-call of a fictional group, run in a terminal by the tests: `roll_program.py FOLDER PEOPLE USER`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from coordinator_tui.book.book import Book
from coordinator_tui.book.members import add_member
from coordinator_tui.book.schedule import add_session
from coordinator_tui.domain.vocabulary import SessionKind
from coordinator_tui.tui.launch import run_tui

TODAY = date(2026, 11, 20)
SURNAMES = "安白曹陈戴方高韩江孔李马倪欧潘秦任孙唐万"
GIVEN = "文博雅楠雨泽欣怡子轩海霞燕静平建国华娟涛明敏丽强军洋勇艳杰超"


def make_book(folder: Path, people: int) -> None:
    """Write a book of so many people with a session today."""
    with Book.create(
        folder, school="青禾实验学校", group="七年级语文备课组", term="2026-2027-1", today=TODAY, remember=False
    ) as book:
        with book.step("book.create"):
            for number in range(people):
                name = SURNAMES[number % 20] + GIVEN[number // 20 % 30] + GIVEN[number // 7 % 30]
                add_member(book, name, group=book.group.id, subject=f"语文{number:04}")
        add_session(
            book,
            date=TODAY,
            start="15:30",
            end="17:00",
            kind=SessionKind.COLLECTIVE_PREPARATION,
            topic="《背影》第二课时",
        )


if __name__ == "__main__":
    where = Path(sys.argv[1])
    if not where.exists():
        make_book(where, int(sys.argv[2]))
    sys.exit(run_tui(where, language="zh", user=sys.argv[3], today=TODAY, first_screen="roll"))
