"""Everything about one session: its fields, the roll in numbers, the minutes of the meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import schedule
from coordinator_tui.book.fields import field_title
from coordinator_tui.book.members import name_of
from coordinator_tui.book.roll import RollCall
from coordinator_tui.book.terms import week_of_day
from coordinator_tui.domain.vocabulary import Mark, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screens.day_words import day_words, time_words
from coordinator_tui.tui.screens.going import closes_when_gone
from coordinator_tui.tui.screens.roll_counts import balance_pieces
from coordinator_tui.tui.screens.sections import (
    Entry,
    SectionList,
    columns,
    heading,
    joined,
    line,
    listed,
    paragraph,
    room_for,
)
from coordinator_tui.tui.screens.session_actions import SessionActions
from coordinator_tui.tui.screens.session_forms import LONG
from coordinator_tui.tui.screens.session_words import clash_words, lacks, standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Session
    from coordinator_tui.tui.messages import Changes

_FIELDS = ("kind", "topic", "speaker", "host", "recorder", "place")


class SessionScreen(SessionActions):
    """A session's page."""

    heading = lazy("Session")
    about = lazy("Everything about one session. Enter edits the line under the cursor; on the roll it takes the roll.")
    commands: ClassVar[tuple[Command, ...]] = (
        Command(name="session.previous", title=lazy("The session before this one"), keys=("[",), words="上次"),
        Command(name="session.next", title=lazy("The session after this one"), keys=("]",), words="下次"),
    )

    def __init__(self, session: int) -> None:
        super().__init__()
        self._session = session
        self.lines: SectionList[str] = SectionList(self._make, on_choose=self._open)

    def body(self) -> ComposeResult:
        """Compose the page."""
        yield self.lines

    def on_mount(self) -> None:
        """Show the page."""
        super().on_mount()
        self.refresh_book(None)

    @property
    def session(self) -> int | None:
        """The session of the page."""
        return self._session

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - only lines that differ are painted
        """Show the session as it is now; leave it when it is not in the book any more."""
        if self.book.sessions.find(self._session) is None:
            closes_when_gone(self, _("The session is not in the book any more."))
            return
        self.lines.rebuild()
        self.update_frame()

    def _make(self, width: int) -> Sequence[Entry[str]]:
        session = self.book.sessions.find(self._session)
        return [] if session is None else page_lines(self.book, session, width)

    async def _open(self, row: str) -> None:
        if row == "roll":
            await self.action_roll()
        elif row == "date":
            self.action_move()
        elif row in LONG:
            self.edit_text(row)
        else:
            self.edit_field(row)

    def action_previous(self) -> None:
        """Show the session before."""
        self._beside(-1)

    def action_next(self) -> None:
        """Show the session after."""
        self._beside(1)

    def _beside(self, step: int) -> None:
        ids = [session.id for session in schedule.sessions_of(self.book)]
        at = ids.index(self._session) + step
        if 0 <= at < len(ids):
            self._session = ids[at]
            self.refresh_book(None)
        else:
            self.say(_("There is no session further that way."), "quiet")


def _label() -> int:
    """Return the width of the labels in the language in force."""
    return room_for((field_title("sessions", name) for name in (*_FIELDS, *LONG)), 8, 24)


def page_lines(book: Book, session: Session, width: int) -> list[Entry[str]]:
    """Return the lines of a session's page."""
    return [
        *_head(book, session, width),
        *(_field(session, name) for name in _FIELDS),
        *_long(session, "plan", width),
        *_long(session, "question", width),
        *_roll(book, session),
        *_long(session, "minutes", width),
    ]


def _head(book: Book, session: Session, width: int) -> list[Entry[str]]:
    week = week_of_day(book, session.date)
    group = book.groups.find(session.group)
    when = joined(
        (
            day_words(session.date, book.today),
            _("week {number}").format(number=week) if week else None,
            time_words(session.start, session.end),
            group.name if group else None,
        )
    )
    lines: list[Entry[str]] = [Entry(((when, "strong"),), "date")]
    if stands := standing(book, session):
        lines += paragraph(stands, width, look="warn")
    if lack := lacks(session):
        lines += paragraph("! " + lack, width, look="warn")
    for clash in schedule.clashes(book) if len(book.terms) else ():
        if any(one.id == session.id for one in clash.sessions):
            lines += paragraph("! " + clash_words(book, clash), width, look="bad")
    return [*lines, Entry()]


def _field(session: Session, name: str) -> Entry[str]:
    value = title(session.kind) if name == "kind" else getattr(session, name)
    shown = value or "–"
    return columns([(field_title("sessions", name), _label(), "quiet"), (shown, 0, "plain")], name)


def _long(session: Session, name: str, width: int) -> list[Entry[str]]:
    text = getattr(session, name) or ""
    label = field_title("sessions", name)
    if not text:
        return [columns([(label, _label(), "quiet"), (_("– (Enter writes it)"), 0, "quiet")], name)]
    if name != "minutes" and "\n" not in text:
        parts = paragraph(text, width - _label() - 1, row=name)
        first = columns([(label, _label(), "quiet"), (parts[0].pieces[0][0], 0, "plain")], name)
        rest: list[Entry[str]] = [Entry(((" " * (_label() + 1) + part.pieces[0][0], "plain"),)) for part in parts[1:]]
        return [first, *rest]
    return [Entry(), Entry(((label, "head"),), name), *paragraph(text, width)]


def _roll(book: Book, session: Session) -> list[Entry[str]]:
    roll = RollCall(book, session.id)
    lines: list[Entry[str]] = [Entry(), heading(_("Roll"))]
    if not schedule.marks_of(book, session.id):
        state = _("to come") if session.date > book.today else _("not taken")
        text = _("{state}: {count} expected; r takes it").format(state=state, count=roll.tally.expected)
        return [*lines, line(text, "quiet" if session.date > book.today else "warn", "roll"), Entry()]
    lines.append(Entry(tuple(balance_pieces(roll.tally)), "roll"))
    return [*lines, *_away(book, roll), Entry()]


def _away(book: Book, roll: RollCall) -> list[Entry[str]]:
    """Return a line for each kind of mark other than present, with the names."""
    named: dict[Mark, list[str]] = {}
    for row in roll.rows:
        if row.mark is not None and row.mark is not Mark.PRESENT:
            named.setdefault(row.mark, []).append(name_of(book, row.member))
    return [
        columns([(title(mark), _label(), "plain"), (listed(named[mark]), 0, "plain")]) for mark in Mark if mark in named
    ]
