"""What a book costs beside the disk: one mark, opening a roll, a line by exception, undo, an import.

Prints medians in milliseconds, and the ratio of one mark to appending and syncing the same number of bytes.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from coordinator_tui.book.book import Book
from coordinator_tui.book.import_members import commit_import, plan_import
from coordinator_tui.book.marks import attendance_id
from coordinator_tui.book.roll import RollCall
from coordinator_tui.book.schedule import add_session
from coordinator_tui.domain.roster import RosterRow
from coordinator_tui.domain.vocabulary import Mark

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2026, 11, 18)
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许", "明华强丽娟敏静磊军洋勇艳杰涛超秀霞平刚桂"


def roster(count: int) -> list[RosterRow]:
    """Return `count` fictional people, none of whom can be mistaken for another."""
    return [
        RosterRow(
            row=number,
            name=SURNAMES[number % 20] + GIVEN[number // 20 % 20] + GIVEN[number // 400 % 20],
            birth=f"{1965 + number // 8000}-{number // 400 % 12 + 1:02}-{number % 28 + 1:02}",
            subject="英语",
        )
        for number in range(count)
    ]


def median(action: Callable[[int], object], times: int = 200) -> float:
    """Return the median time of `times` calls in milliseconds."""
    spent = []
    for number in range(times):
        start = time.perf_counter()
        action(number)
        spent.append((time.perf_counter() - start) * 1e3)
    return statistics.median(spent)


def once(action: Callable[[], object]) -> float:
    """Return the time of one call in milliseconds."""
    return median(lambda _number: action(), 1)


def school(folder: Path, members: int, sessions: int) -> tuple[Book, list[int]]:
    """Make a book with `sessions` past rolls of `members`."""
    book = Book.create(folder, group="全体教师", term="2026-2027-1", user="bench", today=TODAY, remember=False)
    commit_import(plan_import(book, roster(members), group=book.group.id))
    ids = [add_session(book, date=TODAY - timedelta(days=number)).id for number in range(sessions)]
    for session in ids[1:]:
        with book.step("roll.rest", count=members) as writing:
            for member in book.members.mapping():
                fields = {"session": session, "member": member, "mark": Mark.PRESENT.value}
                writing.set("attendance", attendance_id(session, member), fields)
    return book, ids


def measure(folder: Path, members: int, sessions: int) -> None:
    """Print the costs in a book of that size."""
    book, ids = school(folder, members, sessions)
    roll = RollCall(book, ids[0])
    opening = once(lambda: roll.rows)
    people = [row.member for row in roll.rows]

    def mark(number: int) -> None:
        roll.mark(people[number % members], Mark.LATE if number % 2 else Mark.PRESENT, 5)
        assert roll.tally.balanced

    mark(0)
    marking = median(mark)
    fd = os.open(folder.with_suffix(".bytes"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def append(_number: int) -> None:
        os.write(fd, b"x" * 300)
        os.fdatasync(fd)

    disk = median(append)
    os.close(fd)
    preview = once(lambda: roll.preview_line("1迟10 2病 其余到"))
    undoing = median(lambda _number: book.undo(), 20)
    print(f"{members:6} members × {sessions} sessions: mark {marking:.3f} ({marking / disk:.1f} × append + fdatasync)")
    print(f"       open the roll {opening:.1f}, preview a line {preview:.1f}, undo {undoing:.1f}")
    book.close()


def main() -> None:
    """Measure a group, a town's school, and an import of 10,000 rows."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_STATE_HOME"] = f"{name}/state"
        folder = Path(name)
        measure(folder / "group.coord", 30, 40)
        measure(folder / "school.coord", 1000, 40)
        with Book.create(folder / "big.coord", group="g", user="bench", remember=False) as book:
            rows = roster(10_000)
            print(f"import 10,000 rows: {once(lambda: commit_import(plan_import(book, rows))):.0f}")


if __name__ == "__main__":
    main()
