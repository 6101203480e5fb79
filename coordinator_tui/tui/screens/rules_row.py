"""One row of the ledger: why just so much is needed, which records count, and where the rest is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeAlias

from coordinator_tui.book import rule_view, rules
from coordinator_tui.book.evidence import record_of
from coordinator_tui.domain.rules.pack import PerUnit, Source
from coordinator_tui.domain.rules.phrases import describe
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.going import closes_when_gone, open_member, push
from coordinator_tui.tui.screens.rules_lines import done_words, state_look, state_words
from coordinator_tui.tui.screens.sections import Entry, SectionList, columns, heading, joined, line, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.app import ComposeResult

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.rule_gaps import Gap
    from coordinator_tui.domain.records import Term, Work
    from coordinator_tui.domain.rules.result import Evidence
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.screens.rules_lines import RowKey

Row: TypeAlias = tuple[str, int]
"""What a line leads to: (table, id) of a record, ("member", id), ("hand-in", id), ("register", 0)."""
_REGISTERS = ("trainings", "pairs", "placements", "achievements", "entries")


class RowScreen(CoordinatorScreen):
    """All about one row."""

    heading = lazy("Why")
    about = lazy(
        "Why a number of the ledger is what it is: what the rule says, what is fair to ask here, and every record that "
        "counts. Enter on a record opens it."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command(name="why.open", title=lazy("Open the record"), keys=("enter",), hint=lazy("open"), words="打开 记录"),
        Command(
            name="why.hand-in",
            title=lazy("Hand in what is owed here"),
            keys=("h",),
            hint=lazy("hand in"),
            words="交材料 登记 hand in",
            cli="work add NAME",
        ),
        Command(
            name="why.person", title=lazy("Open the page of the person"), keys=("p",), hint=lazy("person"), words="成员"
        ),
    )

    def __init__(self, key: RowKey, term: Term | None) -> None:
        super().__init__()
        self.key, self.term = key, term
        self.gap: Gap | None = None
        self.lines: SectionList[Row] = SectionList(self._make, on_choose=self._open)

    def body(self) -> ComposeResult:
        """Compose the page."""
        yield self.lines

    def on_mount(self) -> None:
        """Show the row."""
        super().on_mount()
        self.refresh_book(None)

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - any change may touch the row
        """Compute the row again; leave when the rules do not make it any more."""
        self.gap = rule_view.row_of(self.book, *self.key, term=self.term)
        if self.gap is None:
            closes_when_gone(self, _("The rules in force do not ask for this any more."))
            return
        self.lines.rebuild()
        self.update_frame()

    def _make(self, width: int) -> Sequence[Entry[Row]]:
        return row_lines(self.book, self.gap, width) if self.gap else ()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse what the row is not about."""
        if action == "person":
            return self.gap is not None and self.gap.member is not None
        if action == "hand_in":
            return self.gap is not None and can_hand_in(self.gap)
        return super().check_action(action, parameters)

    async def _open(self, row: Row) -> None:
        what, which = row
        if what == "hand-in":
            self.action_hand_in()
        elif what == "member":
            await open_member(self, which)
        elif what == "register":
            await open_register(self, None)
        else:
            await open_record(self, what, which)

    async def action_open(self) -> None:
        """Open what is under the cursor."""
        if self.lines.cursor_id is not None:
            await self._open(self.lines.cursor_id)
        else:
            self.say(_("No record counts here yet."), "quiet")

    def action_hand_in(self) -> None:
        """Ask for the piece that is owed."""
        assert self.gap is not None
        hand_in_for(self, self.gap)

    async def action_person(self) -> None:
        """Open the person's page."""
        assert self.gap is not None
        assert self.gap.member is not None
        await open_member(self, self.gap.member)


# ---- lines


def row_lines(book: Book, gap: Gap, width: int) -> list[Entry[Row]]:
    """Return the page of a row."""
    row = gap.row
    answers = rules.find_pack(book, gap.pack.id).answers
    head = joined((gap.who, gap.period))
    found: list[Entry[Row]] = [
        Entry(
            (
                (head, "strong"),
                ("  " + done_words(gap) + "  ", "plain"),
                (state_words(row.state), state_look(row.state)),
            )
        )
    ]
    found += paragraph(gap.title, width, look="strong")
    found += paragraph(describe(row.requirement, answers), width)
    found.append(Entry())
    for sentence in gap.reasons():
        found += paragraph(sentence, width)
    clause = _("Clause {number}").format(number=gap.clause.id)
    found += [Entry(), Entry(((clause, "head"), ("  " + rules.say(gap.pack.title), "quiet")))]
    found += paragraph(rules.say(gap.clause.text), width)
    found += [Entry(), heading(_("Records that count: {count}").format(count=len(row.evidence)))]
    found += list(evidence_lines(book, row.evidence)) or [line(_("none yet"), "quiet")]
    return [*found, *_ways(book, gap)]


def evidence_lines(book: Book, evidence: Iterable[Evidence]) -> list[Entry[Row]]:
    """Return a line for each record that counts; a record that is gone stays out."""
    known = [found for each in evidence if (found := record_of(book, each.table, each.id)) is not None]
    known.sort(key=lambda found: (found.date, found.title))
    return [
        columns([(found.date.isoformat(), 11, "plain"), (found.who, 12, "plain"), (found.title, 0, "plain")],
                (found.table, found.id))
        for found in known
    ]  # fmt: skip


def _ways(book: Book, gap: Gap) -> list[Entry[Row]]:
    """Return where to go from here."""
    found: list[Entry[Row]] = []
    if can_hand_in(gap):
        found.append(line(_("Hand in a piece"), row=("hand-in", gap.member or 0)))
    table, about = about_of(gap)
    if about and about in book.collections[table]:
        words = _("Open the session") if table == "sessions" else _("Open what it follows from")
        found.append(line(words, row=(table, about)))
    if gap.row.requirement.what.source.value in _REGISTERS:
        found.append(line(_("Open the registers"), row=("register", 0)))
    if gap.member is not None:
        found.append(line(_("Open the page of {name}").format(name=gap.who), row=("member", gap.member)))
    return [Entry(), heading(_("Where to go on")), *found] if found else []


def can_hand_in(gap: Gap) -> bool:
    """Tell whether a piece of work is what is asked of this member."""
    return gap.member is not None and gap.row.requirement.what.source is Source.WORK


def about_of(gap: Gap) -> tuple[str, int]:
    """Return table and id of the session, training or the like that a row is about; id 0 if it is about none."""
    per, label = gap.row.requirement.per, gap.row.period.label
    if per.unit not in {PerUnit.SESSION, PerUnit.EVENT} or not label.isdecimal():
        return "sessions", 0
    return (per.event or Source.SESSIONS).value, int(label)


# ---- going to where it is done


def hand_in_for(screen: CoordinatorScreen, gap: Gap) -> None:
    """Ask for the piece of work that a rule asks of a member."""
    from coordinator_tui.domain.vocabulary import WorkKind, title
    from coordinator_tui.tui.screens.hand_in_form import hand_in_form

    kinds = gap.row.requirement.what.kinds

    def done(work: Work) -> None:
        screen.refresh_book(None)
        screen.say(_("Handed in by {name}: {kind}.").format(name=gap.who, kind=title(work.kind)), "good")

    first = WorkKind(kinds[0]) if kinds else None
    screen.ask(hand_in_form(screen.book, gap.member, kind=first, done=done), lambda _values: None)


async def open_gap(screen: CoordinatorScreen, gap: Gap) -> None:
    """Go to where a gap is closed: the form for the piece of work, else the page that explains the row."""
    if can_hand_in(gap):
        hand_in_for(screen, gap)
    else:
        await push(screen, RowScreen((gap.row.requirement.key, gap.row.unit, gap.row.period.label), None))


async def open_record(screen: CoordinatorScreen, table: str, identity: int) -> None:
    """Open a record: a session or its roll, a piece of work, a line of a register, a person."""
    from coordinator_tui.tui.screens.going import open_session

    if table == "sessions":
        await open_session(screen, identity)
    elif table == "attendance":
        await open_session(screen, screen.book.attendance.get(identity).session)
    elif table == "work":
        await _open_piece(screen, identity)
    elif table == "members":
        await open_member(screen, identity)
    elif table in _REGISTERS:
        await open_register(screen, (table, identity))
    elif table == "readings":
        from coordinator_tui.tui.screens.work_readings import ReadingsScreen

        await push(screen, ReadingsScreen())
    else:
        screen.say(_("There is no page for this record."), "quiet")


async def _open_piece(screen: CoordinatorScreen, identity: int) -> None:
    from coordinator_tui.book.members import name_of
    from coordinator_tui.tui.screens.work_pieces import PiecesScreen

    book, piece = screen.book, screen.book.work.find(identity)
    if piece is None:
        screen.say(_("This piece of work is not in the book any more."), "warn")
        return

    def pieces() -> list[Work]:
        found = book.work.find(identity)
        return [found] if found is not None else []

    await push(screen, PiecesScreen(name_of(book, piece.member), pieces))


async def open_register(screen: CoordinatorScreen, record: tuple[str, int] | None) -> None:
    """Open the registers, on the line of a record."""
    from coordinator_tui.tui.screens.registers import RegistersScreen

    registers = RegistersScreen()
    await push(screen, registers)
    tables = [section.table for section in registers.sections]
    if record is not None and record[0] in tables:
        registers.action_section(tables.index(record[0]) - registers.at)
        registers.list.move_to(record[1])
