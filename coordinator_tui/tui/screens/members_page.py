"""One person's term on one page: who they are, groups, what is owed, every session, work, leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coordinator_tui.book import members
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.screens import members_forms
from coordinator_tui.tui.screens.going import closes_when_gone, open_session
from coordinator_tui.tui.screens.leave_forms import edit_leave_form
from coordinator_tui.tui.screens.members_actions import PersonActions
from coordinator_tui.tui.screens.members_commands import PAGE
from coordinator_tui.tui.screens.members_lines import Row, page_lines
from coordinator_tui.tui.screens.rules_owed import RulesOwed
from coordinator_tui.tui.screens.sections import SectionList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from coordinator_tui.book.rule_gaps import Gap
    from coordinator_tui.domain.records import Term
    from coordinator_tui.tui.commands import Command
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.screens.sections import Entry


class MemberScreen(PersonActions):
    """A person's page."""

    heading = lazy("Person")
    about = lazy(
        "One person's term on one page. Enter on a line opens or edits what stands there: a field, a group, a session, "
        "what is owed, a piece of work, a leave."
    )
    commands: ClassVar[tuple[Command, ...]] = PAGE

    def __init__(self, member: int) -> None:
        super().__init__()
        self.member = member
        self.term: Term | None = None
        self.lines: SectionList[Row] = SectionList(self._make, on_choose=self._open)
        self.owed = RulesOwed(self, self._find_owed, self.lines.rebuild)

    def body(self) -> ComposeResult:
        """Compose the page."""
        yield self.lines

    def on_mount(self) -> None:
        """Show the page."""
        super().on_mount()
        self.refresh_book(None)

    @property
    def person(self) -> int | None:
        """Whose page it is."""
        return self.member

    def place(self) -> Sequence[str] | None:
        """Return whose page it is."""
        return (members.name_of(self.book, self.member), "")

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - only lines that differ are painted
        """Show the page as it is now; leave it when the person is not in the book any more."""
        if self.book.members.find(self.member) is None:
            closes_when_gone(self, _("This person is not in the book any more."))
            return
        self.owed.refresh()
        self.lines.rebuild()
        self.update_frame()

    def _find_owed(self) -> list[Gap]:
        from coordinator_tui.book.rule_owing import owed_by_rules

        return owed_by_rules(self.book, member=self.member, term=self.term)

    def on_screen_resume(self) -> None:
        """Catch up with what happened while another screen was on top."""
        super().on_screen_resume()
        self.owed.resume()

    def _make(self, width: int) -> Sequence[Entry[Row]]:
        if self.book.members.find(self.member) is None:
            return ()
        return page_lines(self.book, self.member, self.term, width, self.owed)

    async def _open(self, row: Row) -> None:
        what, which = row
        if what == "session":
            await open_session(self, int(which))
        elif what == "field":
            self._open_edit(self.member, str(which))
        elif what == "membership":
            form = members_forms.membership_form(self.book, int(which), done=lambda: self.told(_("Saved.")))
            self.ask(form, lambda _values: None)
        elif what == "leave":
            self.ask(
                edit_leave_form(self.book, int(which), done=lambda _leave: self.told(_("Saved."))), lambda _v: None
            )
        elif what == "owed":
            self._hand_in_for(int(which))
        elif what == "work":
            self._edit_work(int(which))
        elif what == "rules-ask":
            self.owed.ask()
        elif what == "rule" and int(which) < len(self.owed.gaps):
            from coordinator_tui.tui.screens.rules_row import open_gap

            await open_gap(self, self.owed.gaps[int(which)])

    def _hand_in_for(self, assignment: int) -> None:
        from coordinator_tui.tui.screens.hand_in_form import hand_in_form

        task = self.book.assignments.get(assignment)
        self.ask(hand_in_form(self.book, self.member, task=task, done=self.handed_in), lambda _values: None)

    def _edit_work(self, work: int) -> None:
        from coordinator_tui.tui.screens.hand_in_form import edit_work_form

        self.ask(edit_work_form(self.book, work, done=lambda: self.told(_("Saved."))), lambda _values: None)

    def action_term(self) -> None:
        """Choose the term that is shown."""
        from coordinator_tui.book.terms import all_terms
        from coordinator_tui.tui.screens.chooser import Chooser

        options = [(term, term.code, f"{term.start} – {term.until}") for term in all_terms(self.book)]
        if not options:
            self.say(_("The book has no term yet: F3, then t adds one."), "warn")
            return

        def chosen(term: Term | None) -> None:
            if term is not None:
                self.term = term
                self.owed.refresh(anew=True)
                self.refresh_book(None)

        self.ask(Chooser(_("Which term?"), options, here=self.term), chosen)

    def action_previous(self) -> None:
        """Show the person before, in printed order."""
        self._beside(-1)

    def action_next(self) -> None:
        """Show the next person, in printed order."""
        self._beside(1)

    def _beside(self, step: int) -> None:
        order = [row.member.id for row in members.member_rows(self.book)]
        at = order.index(self.member) + step if self.member in order else 0
        if 0 <= at < len(order):
            self.member = order[at]
            self.owed.refresh(anew=True)
            self.refresh_book(None)
        else:
            self.say(_("There is nobody further that way."), "quiet")
