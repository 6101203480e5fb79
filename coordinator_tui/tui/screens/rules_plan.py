"""From rules to plans: the dates that a clause's series gives, and the assignments that requirements ask for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from coordinator_tui.book import rule_tasks, rules
from coordinator_tui.book.errors import BookError
from coordinator_tui.book.groups import all_groups
from coordinator_tui.book.members import name_of
from coordinator_tui.domain.vocabulary import title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext
from coordinator_tui.tui.commands import Command
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens.day_words import WEEKDAYS, day_words, time_check
from coordinator_tui.tui.screens.going import closes_when_gone, push, tried
from coordinator_tui.tui.screens.schedule_plan import PlanScreen
from coordinator_tui.tui.screens.sections import Entry, SectionList, columns, joined, line, listed
from coordinator_tui.tui.widgets.form import Field, FormDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.rule_tasks import Proposal
    from coordinator_tui.book.rules import PackInBook
    from coordinator_tui.book.series import PlanPreview
    from coordinator_tui.domain.records import Group, Term
    from coordinator_tui.domain.rules.pack import Cadence
    from coordinator_tui.tui.messages import Changes
    from coordinator_tui.tui.styles import Look

_NAMES = 6


# ---- the series of a clause


def ask_plan(screen: CoordinatorScreen, pack: str, cadence: str, term: Term | None) -> None:
    """Ask for whom and when a series of a clause is, then show its dates."""
    book = screen.book
    adopted, wanted = rule_tasks.find_cadence(book, pack, cadence)

    def preview(values: dict[str, str]) -> PlanPreview:
        given: dict[str, Any] = {name: values[name] for name in ("start", "end") if values[name]}
        if values["weekday"]:
            given["weekday"] = int(values["weekday"])
        return rule_tasks.preview_cadence(book, adopted, wanted, group=int(values["group"]), term=term, **given)

    async def chosen(values: dict[str, str] | None) -> None:
        if values:
            await push(screen, CadencePlanScreen(lambda: preview(values), term or book.term))

    form = FormDialog(rules.say(wanted.title), _plan_fields(book, adopted, wanted), preview)
    screen.ask(form, chosen)


def _plan_fields(book: Book, adopted: PackInBook, cadence: Cadence) -> list[Field]:
    """Return the fields of a series; what stands in them, the pack or an answer says."""
    known = rule_tasks.series_fields(adopted, cadence)
    days = [("", lazy("(not chosen)")), *((str(number), name) for number, name in enumerate(WEEKDAYS, 1))]
    there = [(str(group.id), group.name) for group in _groups_for(book, cadence)]
    usual = lazy("as 15:30")
    return [
        Field("group", _("Group"), str(book.group.id), choices=there),
        Field("weekday", _("Day"), str(known.get("weekday") or ""), choices=days),
        Field("start", _("Start"), str(known.get("start") or ""), check=time_check, placeholder=usual),
        Field("end", _("End"), str(known.get("end") or ""), check=time_check, placeholder=_end_hint(cadence)),
    ]


def _end_hint(cadence: Cadence) -> str:
    if cadence.minutes:
        return _("empty: {minutes} minutes after the start").format(minutes=cadence.minutes)
    return _("as 17:00")


def _groups_for(book: Book, cadence: Cadence) -> list[Group]:
    there = all_groups(book)
    fitting = [group for group in there if group.kind in cadence.group_kinds]
    return fitting or there


class CadencePlanScreen(PlanScreen):
    """What planning a clause's series would add; the series is made with its sessions, in one step."""

    about = lazy(
        "The sessions that a clause asks for. Space leaves a date out, or takes it in again. F2 makes the series and "
        "writes the sessions, as one step that one undo takes back."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="clause-plan.write",
            title=lazy("Write these sessions"),
            keys=("f2", "ctrl+s", "y"),
            hint=lazy("write"),
            words="写入 确认 生成 write commit",
            cli="rules plan PACK SERIES --yes",
        ),
    )

    def __init__(self, make: Callable[[], PlanPreview], term: Term) -> None:
        super().__init__(0, term)
        self._preview_again = make

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - any change may touch the dates
        """Compute the dates again."""
        try:
            self.preview = self._preview_again()
        except BookError as gone:
            closes_when_gone(self, str(gone))
            return
        self.lines.rebuild()
        self.update_frame()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Plan the whole term; dates that are not wanted are left out one by one."""
        return False if action == "span" else super().check_action(action, parameters)

    def action_write(self) -> None:
        """Write the series and its sessions."""
        assert self.preview is not None
        count, plan = len(self.chosen), replace(self.preview, sessions=self.chosen)
        if tried(self, lambda: rule_tasks.plan_cadence(self.book, plan)):
            text = ngettext(
                "{count} session was planned; u takes it back.",
                "{count} sessions were planned; u takes them back.",
                count,
            )
            self.app.pop_screen()
            self.say(text.format(count=count), "good")


# ---- assignments


class RuleTasksScreen(CoordinatorScreen):
    """The assignments that the rules in force ask for and that nobody made yet."""

    heading = lazy("Assign from the rules")
    about = lazy(
        "Pieces of work that the rules ask for in the periods that have begun, as assignments to make. Space leaves "
        "one out or takes it in again, c adds the periods to come; F2 makes them, as one step that one undo takes back."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            name="rule-tasks.write",
            title=lazy("Make these assignments"),
            keys=("f2", "ctrl+s", "y"),
            hint=lazy("make"),
            words="生成 确认 布置 make write",
            cli="work assign --from-rules",
        ),
        Command(
            name="rule-tasks.out",
            title=lazy("Leave this one out, or take it in again"),
            keys=("space", "x"),
            hint=lazy("out/in"),
            words="跳过 排除 skip",
        ),
        Command(
            name="rule-tasks.coming",
            title=lazy("With or without the periods to come"),
            keys=("c",),
            hint=lazy("coming"),
            words="以后 全学期 coming",
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.coming = False
        self.out: set[str] = set()
        self.found: list[Proposal] = []
        self.lines: SectionList[str] = SectionList(self._make, on_choose=self._leave_out)

    def body(self) -> ComposeResult:
        """Compose the assignments."""
        yield self.lines

    def on_mount(self) -> None:
        """Show them."""
        super().on_mount()
        self.refresh_book(None)

    def refresh_book(self, changes: Changes | None) -> None:  # noqa: ARG002 - any change may touch them
        """Compute them again."""
        self.found = rule_tasks.proposals(self.book, group=self.book.group.id, coming=self.coming)
        self.lines.rebuild()
        self.update_frame()

    @property
    def chosen(self) -> list[Proposal]:
        """Those that are not left out."""
        return [each for each in self.found if _key(each) not in self.out]

    def _make(self, width: int) -> Sequence[Entry[str]]:
        count = len(self.chosen)
        told = ngettext("{count} assignment would be made", "{count} assignments would be made", count)
        where = joined((self.book.group.name, self.book.term.code))
        found: list[Entry[str]] = [Entry(((where, "strong"), ("  " + told.format(count=count), "plain"))), Entry()]
        if not self.found:
            return [*found, line(_("The rules ask for nothing that is not assigned already."), "quiet")]
        for each in self.found:
            found += self._proposal(each, width)
        return found

    def _proposal(self, each: Proposal, width: int) -> list[Entry[str]]:
        out = _key(each) in self.out
        look: Look = "quiet" if out else "plain"
        pieces = ngettext("{count} piece", "{count} pieces", each.pieces).format(count=each.pieces)
        parts: list[tuple[str, int, Look]] = [
            ("- " if out else "+ ", 2, look),
            (each.title, max(width - 42, 20), look),
            (pieces, 9, look),
            (_("due {day}").format(day=day_words(each.due, self.book.today)), 0, look),
        ]
        names = [name_of(self.book, member) for member in each.members[:_NAMES]]
        more = len(each.members) - len(names)
        who = listed(names) + (" " + _("and {count} more").format(count=more) if more > 0 else "")
        return [columns(parts, _key(each)), line(f"    {title(each.kind)}: {who}", "quiet")]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse to make nothing."""
        if action == "write":
            return bool(self.chosen)
        if action == "out":
            return self.lines.cursor_id is not None
        return super().check_action(action, parameters)

    def _leave_out(self, row: str) -> None:
        self.out ^= {row}
        self.lines.rebuild()
        self.update_frame()

    def action_out(self) -> None:
        """Leave the one under the cursor out, or take it in again."""
        if self.lines.cursor_id is not None:
            self._leave_out(self.lines.cursor_id)

    def action_coming(self) -> None:
        """Add the periods to come, or leave them out again."""
        self.coming = not self.coming
        self.refresh_book(None)
        said = _("With the periods to come.") if self.coming else _("Only the periods that have begun.")
        self.say(said, "quiet")

    def action_write(self) -> None:
        """Make the assignments."""
        chosen = self.chosen
        if tried(self, lambda: rule_tasks.assign_from_rules(self.book, chosen, group=self.book.group.id)):
            text = ngettext(
                "{count} assignment was made; u takes it back.",
                "{count} assignments were made; u takes them back.",
                len(chosen),
            )
            self.app.pop_screen()
            self.say(text.format(count=len(chosen)), "good")


def _key(each: Proposal) -> str:
    return f"{each.requirement}/{each.pieces}"
