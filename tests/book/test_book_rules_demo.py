"""S19 in force in the demo group: what three of its teachers owe is what one reckons by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.book import rules
from coordinator_tui.book.book import Book
from coordinator_tui.book.demo import write_demo
from coordinator_tui.book.leaves import add_leave
from coordinator_tui.book.members import find_member
from coordinator_tui.book.rule_gaps import gaps, rows_of
from coordinator_tui.book.rule_ledger import ledger
from coordinator_tui.domain.rules.result import State, Why
from coordinator_tui.domain.vocabulary import Mark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coordinator_tui.book.rule_gaps import Gap

WEDNESDAY = date(2026, 11, 18)
MONTHLY, TERM, RELAY, REPORT = "s19/6/monthly-note", "s19/6/term-notes", "s19/5/relay", "s19/5/report"


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Book]:
    """The demo on a Wednesday in its tenth week, which began on 14 September, with S19 as it is shipped."""
    folder = write_demo(tmp_path / "demo.coord", language="zh", today=WEDNESDAY)
    with Book.open(folder, today=WEDNESDAY) as book:
        if not rules.packs(book):
            rules.adopt(book, "s19")
        rules.edit(book, "s19", rules.shipped_texts()["s19"])
        for key, value in (("notes_per_term", 5), ("relay_days", 7)):
            rules.answer(book, "s19", key, value)
        yield book


def of(book: Book, name: str, requirement: str) -> dict[str, Gap]:
    """Rows of a member by period."""
    member = find_member(book, name).id
    return {gap.row.period.label: gap for gap in rows_of(book, member=member, requirement=requirement)}


def test_a_backbone_teacher_owes_a_note_the_relay_and_the_report(demo: Book) -> None:
    # 罗景行: notes on 16 October and 13 November, none in September; a course until 23 October that nobody heard of
    monthly = of(demo, "罗景行", MONTHLY)
    assert {label: (row.row.needed, row.row.done, row.row.state) for label, row in monthly.items()} == {
        "2026-09": (1, 0, State.OVERDUE),  # 13 of 22 weekdays are teaching days: the month binds
        "2026-10": (1, 1, State.MET),
        "2026-11": (1, 1, State.MET),
        "2026-12": (1, 0, State.NOT_YET),
        "2027-01": (1, 0, State.NOT_YET),
    }
    owed = {gap.row.requirement.key: gap.row for gap in gaps(demo, member=find_member(demo, "罗景行").id)}
    assert set(owed) == {MONTHLY, TERM, RELAY, REPORT}
    assert (owed[TERM].needed, owed[TERM].done, owed[TERM].state) == (5, 2, State.DUE)
    assert owed[RELAY].due == owed[REPORT].due == date(2026, 10, 30)  # a week after 23 October
    assert owed[RELAY].state is State.OVERDUE


def test_one_who_joined_on_19_october_owes_only_from_then_on(demo: Book) -> None:
    # 宁䶮: October has 18 teaching days (22 weekdays, 5 of the holiday, the Saturday of the 10th), 10 from the 19th on
    monthly = of(demo, "宁䶮", MONTHLY)
    assert "2026-09" not in monthly or monthly["2026-09"].row.state is State.EXEMPT
    october = monthly["2026-10"].row
    assert october.needed == 1  # 10/18 is more than half
    # of 13 + 18 + 21 + 23 + 16 = 91 teaching days of the term 10 + 21 + 23 + 16 = 70 were to come: 5 x 70/91 = 3.8
    term = of(demo, "宁䶮", TERM)["2026-2027-1"].row
    assert (term.full, term.needed) == (5, 4)
    assert [(reason.why, dict(reason.values)["date"]) for reason in term.reasons] == [(Why.JOINED, "2026-10-19")]


def test_one_on_leave_for_october_owes_no_october_note(demo: Book) -> None:
    member = find_member(demo, "梅映雪").id
    before = of(demo, "梅映雪", MONTHLY)["2026-10"].row
    assert before.needed == 1
    add_leave(demo, member, kind=Mark.OTHER_LEAVE, start=date(2026, 10, 8), until=date(2026, 10, 31))
    october = of(demo, "梅映雪", MONTHLY)["2026-10"].row
    assert (october.needed, october.state) == (0, State.EXEMPT)
    assert Why.LEAVE in [reason.why for reason in october.reasons]
    # the term: 5 x (91 - 18)/91 = 4.01
    assert of(demo, "梅映雪", TERM)["2026-2027-1"].row.needed == 4


def test_two_more_packs_add_their_lines_and_change_no_other(demo: Book) -> None:
    before = list(ledger(demo).rows())
    rules.adopt(demo, "s14")
    rules.adopt(demo, "s13")
    after = list(ledger(demo).rows())
    assert [row for row in after if row.requirement.key.startswith("s19/")] == before
    added = {row.requirement.key.partition("/")[0] for row in after} - {"s19"}
    assert added == {"s13", "s14"}
    rules.drop(demo, "s14")
    rules.drop(demo, "s13")
    assert list(ledger(demo).rows()) == before
