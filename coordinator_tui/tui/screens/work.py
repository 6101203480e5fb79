"""Reading and work: who handed in what, by month, kind or assignment; hand in and check with one key each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import groups, work
from coordinator_tui.book.errors import BookError
from coordinator_tui.domain.vocabulary import WorkKind, WorkStatus, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, matches
from coordinator_tui.tui.screens.chooser import Chooser
from coordinator_tui.tui.screens.going import tried
from coordinator_tui.tui.screens.roll_prompt import Typing
from coordinator_tui.tui.screens.schedule_terms import choose_term
from coordinator_tui.tui.screens.work_cells import about_cell, cell_text, counts_line, totals
from coordinator_tui.tui.screens.work_commands import COMMANDS
from coordinator_tui.tui.screens.work_grid import WorkGrid
from coordinator_tui.tui.screens.work_pieces import PieceScreen, PiecesScreen
from coordinator_tui.tui.screens.work_table import FILTERS, VIEWS, WorkTable
from coordinator_tui.tui.widgets.bars import TextLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from coordinator_tui.domain.records import Term, Work
    from coordinator_tui.tui.commands import Command
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.screens.work_owed import OwedScreen
    from coordinator_tui.tui.screens.work_tasks import TasksScreen
    from coordinator_tui.tui.styles import Look
    from coordinator_tui.tui.widgets.line import Piece


class WorkScreen(PieceScreen):
    """Members × months, kinds or assignments of a term, with a cursor in one cell."""

    heading = lazy("Reading & work")
    about = lazy(
        "in: handed in, nobody looked yet. ✓A: checked, with its grade. ret: returned. miss: overdue. todo: still to "
        "come. h hands in and takes digits as words, a b c check with a grade and go on; everything is saved at once."
    )
    commands: ClassVar[tuple[Command, ...]] = COMMANDS

    def __init__(self) -> None:
        super().__init__()
        self.table: WorkTable | None = None
        self._piece: int | None = None
        self.counts = TextLine()
        self.tabs = TextLine()
        self.grid = WorkGrid(
            lead=self._lead,
            cell=self._cell,
            totals=self._totals,
            on_place=self.told,
            on_number=self._words_typed,
            empty=lazy("Nobody to show here: m shows everybody, F2 opens the members."),
        )

    def body(self) -> ComposeResult:
        """Numbers, the views, the matrix, and the line about the cursor's place."""
        yield self.counts
        yield self.tabs
        yield self.grid
        yield self.prompt

    @property
    def home(self) -> Widget | None:
        """What takes the keys."""
        return self.prompt if self.prompt.typing is not None else self.grid

    def on_mount(self) -> None:
        """Show the current term, with the cursor on the current month."""
        super().on_mount()
        self.table = WorkTable(self.book)
        self._show(at=-1)

    def on_screen_suspend(self) -> None:
        """Keep words that were being typed when one goes elsewhere."""
        self.grid.end_asking()

    # ---- what is shown

    def refresh_book(self, changes: Changes | None) -> None:
        """Show the book as it is now; rows stay as they were chosen."""
        del changes
        if self._piece is not None and self.book.work.find(self._piece) is None:
            self._piece = None
            self.grid.stop_asking()
        self._show(keep=True)

    def _show(self, *, at: int | None = None, keep: bool = False) -> None:
        """Read the matrix again. `at` puts the cursor into a column (-1: today's); `keep` leaves the rows chosen."""
        assert self.table is not None
        rows = set(self.grid.rows)
        try:
            self.table.load()
        except BookError as nothing:
            self._show_nothing(str(nothing))
            return
        names = map(self.table.name, self.table.rows)
        self.grid.show_columns(self.table.titles(), self._todays_column() if at == -1 else at, names=names)
        wanted = self.table.members()
        if keep and self.table.only != "all" and rows:
            wanted = [member for member in self.table.rows if member in rows]
        self.grid.set_rows(wanted)
        self._show_counts()
        self.told()

    def _show_member(self, member: int) -> None:
        """Read and paint one row again, as everything about it was changed here."""
        assert self.table is not None
        if self.table.load_member(member):
            self.grid.update_row(member)
            self._show_counts()
            self.told()
        else:
            self._show(keep=True)

    def _show_nothing(self, why: str) -> None:
        assert self.table is not None
        self.table.clear()
        self.grid.show_columns(())
        self.grid.set_rows(())
        self.counts.show((" " + why, "warn"))
        self.tabs.show((" " + _("F9 opens the settings: groups and terms are added there."), "plain"))
        self.prompt.tell()

    def _todays_column(self) -> int:
        assert self.table is not None
        keys = [column.key for column in self.table.columns]
        month = f"{self.book.today:%Y-%m}"
        return keys.index(month) if month in keys else 0

    def _show_counts(self) -> None:
        assert self.table is not None
        self.counts.show(*counts_line(self.table.counts()))
        self._show_tabs()

    def _show_tabs(self) -> None:
        if self.table is None or not self.table.rows:
            return
        pieces: list[Piece] = [(" ", "plain")]
        for by, name in VIEWS:
            pieces += [(f" {name} ", "bar" if by == self.table.by else "plain"), (" ", "plain")]
        self.tabs.show(*pieces, *self._limits())

    def _limits(self) -> list[Piece]:
        """Return what is left out: by group, term, kind, rows and columns."""
        assert self.table is not None
        limits: list[Piece] = []
        if self.table.chosen_group is not None or self.table.chosen_term is not None:
            limits.append((f"  {self.table.group.name} {self.table.term.code}", "strong"))
        if self.table.kind is not None:
            limits.append((f"  {title(self.table.kind)}", "warn"))
        if self.table.only != "all":
            limits.append((f"  {dict(FILTERS)[self.table.only]}: {len(self.grid.rows)}", "warn"))
        first, last, count = self.grid.more
        if last - first + 1 < count:
            limits.append(
                ("  " + _("columns {first}-{last} of {count}").format(first=first, last=last, count=count), "quiet")
            )
        return limits

    def _lead(self, member: int) -> Sequence[str | tuple[str, Look]]:
        assert self.table is not None
        return (str(self.table.numbers.get(member, "")), "quiet"), self.table.name(member)

    def _cell(self, member: int, at: int) -> str | tuple[str, Look]:
        assert self.table is not None
        return cell_text(self.table, member, at)

    def _totals(self, member: int) -> Sequence[str | tuple[str, Look]]:
        assert self.table is not None
        return totals(self.table.cell(member, len(self.table.columns)), self.table.owed_by.get(member, ()))

    def told(self) -> None:
        """Say what stands in the cell under the cursor."""
        member = self.grid.cursor_id
        if self.table is None or member is None:
            self.prompt.tell()
        elif self.grid.asking is not None:
            self.prompt.tell((_(" How many words? Digits, then Enter; or simply go on."), "plain"))
        else:
            self.prompt.tell(*about_cell(self.table, member, self.grid.at))
        self._show_tabs()

    # ---- one cell

    def _here(self) -> list[Work]:
        """Return the pieces in the cell under the cursor."""
        member = self.grid.cursor_id
        if self.table is None or member is None:
            return []
        return self.table.pieces(member, self.grid.at)

    def piece(self, *, unchecked: bool) -> Work | None:
        """Return the cell's one piece, of several the first that is (not) checked."""
        self.grid.end_asking()
        pieces = self._here()
        waiting = [piece for piece in pieces if (piece.status is WorkStatus.HANDED_IN) == unchecked]
        if waiting or len(pieces) == 1:
            return (waiting or pieces)[0]
        text = _("Several pieces are here: Enter lists them.") if pieces else _("Nothing is handed in here: h does it.")
        self.say(text, "quiet")
        return None

    def changed(self, *, go_on: bool = False) -> None:
        """Show what changed, and go down once nothing in the cell waits any more."""
        if self.grid.cursor_id is not None:
            self._show_member(self.grid.cursor_id)
        if go_on and not any(piece.status is WorkStatus.HANDED_IN for piece in self._here()):
            self._down()

    def _down(self) -> None:
        if self.grid.cursor + 1 < len(self.grid.rows):
            self.grid.move_to_index(self.grid.cursor + 1)
        else:
            self.say(_("The end of the list."), "quiet")
        self.told()

    def action_enter(self) -> None:
        """End words being typed; hand in what is missing; list what is there."""
        if self.grid.end_asking():
            self._down()
            return
        member = self.grid.cursor_id
        if self.table is None or member is None:
            return
        if self.grid.on_total or (self._here() and not self.table.owed_at(member, self.grid.at)):
            self._list()
        else:
            self.action_hand_in()

    def _list(self) -> None:
        assert self.table is not None
        table, member, at = self.table, self.grid.cursor_id, self.grid.at
        assert member is not None
        key = table.columns[at].key if at < len(table.columns) else None
        where = f"{table.name(member)}  {table.titles()[at] if key is not None else table.term.code}"

        def pieces() -> Sequence[Work]:
            table.load()
            keys = [column.key for column in table.columns]
            if key is not None and key not in keys:
                return []
            return table.pieces(member, None if key is None else keys.index(key))

        self.app.push_screen(PiecesScreen(where, pieces))

    def action_hand_in(self) -> None:
        """Hand in a piece at the cell under the cursor; digits that follow are its words."""
        if self.grid.end_asking():
            self._down()
        member = self.grid.cursor_id
        if self.table is None or member is None:
            return
        place = self.table.place(member, self.grid.at)
        if isinstance(place, str):
            self.say(place, "warn")
            return
        piece = work.hand_in(self.book, member, kind=place.kind, date=place.date, assignment=place.assignment)
        self._piece = piece.id
        self._show_member(member)
        self.grid.ask(member)
        self.told()
        said = _("{name} handed in: {kind}, {date}; u takes it back, e changes it.")
        self.say(said.format(name=self.table.name(member), kind=title(piece.kind), date=piece.date), "good")

    def action_hand_in_text(self) -> None:
        """Ask for the text of a piece, and hand it in at the cell under the cursor."""
        from coordinator_tui.tui.screens.text_form import TextForm

        self.grid.end_asking()
        member = self.grid.cursor_id
        if self.table is None or member is None:
            return
        place = self.table.place(member, self.grid.at)
        if isinstance(place, str):
            self.say(place, "warn")
            return

        def save(text: str, file: str | None) -> None:
            work.hand_in(
                self.book, member, kind=place.kind, date=place.date, assignment=place.assignment, text=text, file=file
            )

        heading = _("{name} hands in").format(name=self.table.name(member)) + f": {title(place.kind)}"
        self.ask(TextForm(heading, save=save), lambda text: self._show_member(member) if text is not None else None)

    def _words_typed(self, member: int, words: int | None) -> None:
        piece, self._piece = self._piece, None
        if piece is not None and words is not None and self.book.work.find(piece) is not None:
            tried(self, lambda: work.edit_work(self.book, piece, words=words))
            self._show_member(member)
        self.grid.update_row(member)
        self.told()

    # ---- what is shown: views, filters, group, term

    def action_view(self, step: int = 1) -> None:
        """Show the next view."""
        self.grid.end_asking()
        if self.table is None:
            return
        order = [by for by, _name in VIEWS]
        self.table.by = order[(order.index(self.table.by) + step) % len(order)]
        self._show(at=-1)

    def action_view_back(self) -> None:
        """Show the view before."""
        self.action_view(-1)

    def action_missing(self) -> None:
        """Show only who owes something, who is overdue, whose work is not checked, everybody."""
        self.grid.end_asking()
        if self.table is None:
            return
        order = [only for only, _name in FILTERS]
        self.table.only = order[(order.index(self.table.only) + 1) % len(order)]
        self._show()

    def action_kind(self) -> None:
        """Ask for the one kind to show."""
        self.grid.end_asking()
        assert self.table is not None
        options = [("", _("all kinds"), ""), *((kind.value, title(kind), "") for kind in WorkKind)]
        here = self.table.kind.value if self.table.kind else ""
        self.ask(Chooser(_("Which kind of work?"), options, here=here), self._kind_chosen)

    def _kind_chosen(self, kind: str | None) -> None:
        if kind is not None and self.table is not None:
            self.table.kind = WorkKind(kind) if kind else None
            self._show(at=-1)

    def action_group(self) -> None:
        """Ask for the group."""
        self.grid.end_asking()
        assert self.table is not None
        options = [(group.id, group.name, title(group.kind)) for group in groups.all_groups(self.book)]
        self.ask(Chooser(_("Work of which group?"), options, here=self.table.group.id), self._group_chosen)

    def _group_chosen(self, identity: int | None) -> None:
        if identity is not None and self.table is not None:
            self.table.chosen_group = None if identity == self.book.group.id else self.book.groups.get(identity)
            self._show()

    def action_term(self) -> None:
        """Ask for the term."""
        self.grid.end_asking()
        assert self.table is not None
        here = self.table.term if self.table.rows else None
        choose_term(self, here, self._term_chosen)

    def _term_chosen(self, term: Term) -> None:
        assert self.table is not None
        self.table.chosen_term = None if term.id == self.book.term.id else term
        self._show(at=-1)

    # ---- elsewhere

    def action_owed(self) -> None:
        """Open the list of who owes what."""
        from coordinator_tui.tui.screens.work_owed import OwedScreen

        self._push_with_group(OwedScreen)

    def action_pile(self) -> None:
        """Open the pile of what nobody has looked at."""
        from coordinator_tui.tui.screens.work_pile import PileScreen

        self.grid.end_asking()
        if self.table is not None and self.table.rows:
            self.app.push_screen(PileScreen(self.table.term, self.table.group, self.table.kind))

    def action_tasks(self) -> None:
        """Open the assignments."""
        from coordinator_tui.tui.screens.work_tasks import TasksScreen

        self._push_with_group(TasksScreen)

    def action_readings(self) -> None:
        """Open the readings."""
        from coordinator_tui.tui.screens.work_readings import ReadingsScreen

        self.grid.end_asking()
        self.app.push_screen(ReadingsScreen())

    def _push_with_group(self, screen: type[OwedScreen | TasksScreen]) -> None:
        self.grid.end_asking()
        assert self.table is not None
        self.app.push_screen(screen(self.table.term, self.table.group))

    def action_find(self) -> None:
        """Go to a member by typing a piece of the name, pinyin, initials or the row's number."""
        self.grid.end_asking()
        start = self.grid.cursor
        typing = Typing(
            "find",
            _(" Go to: "),
            lambda _text: self.stop_typing(),
            lambda: self._leave_find(start),
            change=self._find,
            placeholder=_("name, pinyin, initials or row number"),
        )
        self.start_typing(typing)

    def _find(self, text: str) -> None:
        assert self.table is not None
        query = text.strip()
        ranked = [
            (rank, at) for at, member in enumerate(self.grid.rows) if (rank := self._rank(query, member)) is not None
        ]
        if ranked:
            self.grid.move_to_index(min(ranked)[1])
        self.prompt.annotate("" if ranked or not query else _("nobody"))

    def _rank(self, query: str, member: int) -> int | None:
        assert self.table is not None
        if query.isdecimal():
            return 0 if self.table.numbers.get(member) == int(query) else None
        return matches(query, self.table.name(member)) if query else None

    def _leave_find(self, start: int) -> None:
        self.grid.move_to_index(start)
        self.stop_typing()

    def stop_typing(self) -> None:
        """Give the keys back to the matrix."""
        super().stop_typing()
        self.told()

    def go_back(self) -> bool:
        """Leave the words, the line, or a filter."""
        if self.grid.asking is not None:
            self._piece = None
            self.grid.stop_asking()
            self.told()
            return True
        if super().go_back():
            return True
        if self.table is not None and (self.table.only != "all" or self.table.kind is not None):
            self.table.only, self.table.kind = "all", None
            self._show()
            return True
        return False
