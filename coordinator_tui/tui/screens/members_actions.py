"""What is done with people, in the list and on a person's page alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.book import members, merging
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext
from coordinator_tui.tui.screen import CoordinatorScreen
from coordinator_tui.tui.screens import members_forms
from coordinator_tui.tui.screens.day_words import day_check, read_day
from coordinator_tui.tui.screens.going import confirmed
from coordinator_tui.tui.screens.hand_in_form import hand_in_form
from coordinator_tui.tui.screens.leave_forms import add_leave_form, leave_words
from coordinator_tui.tui.screens.members_commands import PERSON
from coordinator_tui.tui.widgets.form import Field, FormDialog

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import ClassVar

    from coordinator_tui.domain.records import Leave, Work
    from coordinator_tui.tui.commands import Command

_ON_SOMEBODY = frozenset(
    {"edit", "absence", "hand_in", "join", "out", "history", "left", "merge", "remove", "page", "select"}
)


class PersonActions(CoordinatorScreen):
    """A screen on which somebody stands under the cursor."""

    commands: ClassVar[tuple[Command, ...]] = PERSON

    @property
    def person(self) -> int | None:
        """Who is meant by the commands."""
        raise NotImplementedError

    @property
    def people(self) -> Sequence[int]:
        """Who is meant by commands that several can be meant by."""
        return () if self.person is None else (self.person,)

    @property
    def group_meant(self) -> int | None:
        """The group offered first when somebody joins one."""
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse what needs somebody while there is nobody."""
        if action in _ON_SOMEBODY:
            return self.person is not None
        return super().check_action(action, parameters)

    def told(self, said: str) -> None:
        """Say what was done, when the form has closed."""
        self.refresh_book(None)
        self.say(said, "good")

    def _called(self) -> str:
        return members.name_of(self.book, self.person)

    def action_edit(self) -> None:
        """Ask for the fields of the person."""
        assert self.person is not None
        self._open_edit(self.person)

    def _open_edit(self, person: int, start: str = "") -> None:
        def done() -> None:
            self.told(_("Saved: {name}.").format(name=members.name_of(self.book, person)))

        self.ask(members_forms.edit_form(self.book, person, start, done=done), _nothing)

    def action_absence(self) -> None:
        """Ask for a leave of the person."""

        def done(leave: Leave) -> None:
            name = members.name_of(self.book, leave.member)
            self.told(_("Noted: {kind} of {name}.").format(kind=leave_words(leave), name=name))

        self.ask(add_leave_form(self.book, self.person, done=done), _nothing)

    def action_hand_in(self) -> None:
        """Ask for a piece of work of the person."""
        self.ask(hand_in_form(self.book, self.person, done=self.handed_in), _nothing)

    def handed_in(self, work: Work) -> None:
        """Say that a piece of work was handed in."""
        self.told(_("Handed in by {name}.").format(name=members.name_of(self.book, work.member)))

    def action_join(self) -> None:
        """Ask which group to join."""
        if not len(self.book.groups):
            self.say(_("There is no group yet: g opens the groups, where a adds one."), "warn")
            return
        who = list(self.people)
        name = members_forms.called(self.book, who)

        def done(group: str) -> None:
            self.joined()
            self.told(_("{name} joined {group}.").format(name=name, group=group))

        self.ask(members_forms.join_form(self.book, who, self.group_meant, done=done), _nothing)

    def joined(self) -> None:
        """Note that the people selected joined a group."""

    def action_out(self) -> None:
        """Ask which group to leave, and when."""
        assert self.person is not None
        name = self._called()

        def done(group: str) -> None:
            self.told(_("{name} leaves {group}.").format(name=name, group=group))

        form = members_forms.leave_group_form(self.book, self.person, done=done)
        if form is None:
            self.say(_("{name} is in no group.").format(name=name), "warn")
        else:
            self.ask(form, _nothing)

    def action_history(self) -> None:
        """Show who changed what about the person."""
        from coordinator_tui.book.history import history_of_member
        from coordinator_tui.tui.screens.history_page import MOST, HistoryPage

        assert self.person is not None
        changes = history_of_member(self.book, self.person, limit=MOST)
        self.ask(HistoryPage(self._called(), changes, named=True), _nothing)

    # ---- leaving the school, and coming back

    def action_left(self) -> None:
        """Ask for the last day, or bring back somebody who left."""
        person = self.person
        assert person is not None
        record = self.book.members.get(person)
        if record.active_until is not None:
            text = _("{name} left on {day}. They will count as if they had never left.")
            said = _("{name} is back.").format(name=self._called())
            confirmed(
                self,
                text.format(name=self._called(), day=record.active_until),
                lambda: members.reactivate(self.book, person),
                said,
                yes=lazy("Back again"),
            )
            return
        field = Field("until", _("Last day"), str(self.book.today), check=day_check(self.book), required=True)
        heading = _("{name} leaves the school").format(name=self._called())
        self.ask(FormDialog(heading, [field]), lambda values: self._leaves(person, values))

    def _leaves(self, person: int, values: dict[str, str] | None) -> None:
        if not values:
            return
        until, name = read_day(self.book, values["until"]), members.name_of(self.book, person)
        what = _("{name} is expected nowhere after {day} and is not listed among the members any more.")
        kept = _("Attendance, work and leave up to then stay. The entry can be brought back at any time.")
        said = _("{name} leaves after {day}.").format(name=name, day=until)
        confirmed(
            self,
            what.format(name=name, day=until),
            lambda: members.deactivate(self.book, person, until=until),
            said,
            yes=lazy("Leaves"),
            details=(kept,),
        )

    # ---- entries that should not be

    def action_remove(self) -> None:
        """Remove an entry made by mistake, after asking."""
        person = self.person
        assert person is not None
        name = self._called()
        confirmed(
            self,
            _("Remove {name} from the book, as if they had never been entered?").format(name=name),
            lambda: members.remove_member(self.book, person),
            _("{name} was removed.").format(name=name),
            yes=lazy("Remove"),
            details=(_("Somebody who left the school is not removed: press d for that."),),
        )

    def action_merge(self) -> None:
        """Ask which other entry is the same person."""
        from coordinator_tui.tui.screens.chooser import Chooser

        keep = self.person
        assert keep is not None
        others = _likely_first(self, keep)
        heading = _("{name} stays. Which entry is the same person and goes?").format(name=self._called())
        self.ask(Chooser(heading, others), lambda other: self._merge(keep, other))

    def _merge(self, keep: int, other: int | None) -> None:
        if other is None:
            return
        kept, gone = (members.name_of(self.book, person) for person in (keep, other))
        count = len(merging.references(self.book, other))
        what = _("{kept} and {gone} become one entry: {kept}.").format(kept=kept, gone=gone)
        moved = ngettext(
            "{count} thing (groups, marks, leave, work) of {gone} goes over to {kept}; the entry {gone} goes away.",
            "{count} things (groups, marks, leave, work) of {gone} go over to {kept}; the entry {gone} goes away.",
            count,
        )
        confirmed(
            self,
            what,
            lambda: self._merged(keep, other),
            _("{gone} was merged into {kept}.").format(kept=kept, gone=gone),
            yes=lazy("Merge"),
            details=(moved.format(count=count, kept=kept, gone=gone),),
        )

    def _merged(self, keep: int, other: int) -> None:
        report = merging.merge_members(self.book, keep, other)
        if report.differing:
            from coordinator_tui.book.schedule import session_title
            from coordinator_tui.domain.vocabulary import title
            from coordinator_tui.tui.screens.history_page import ReadingPage

            text = _("{session}: {mark} stays, {other} of the other entry goes.")
            lines = [
                text.format(
                    session=session_title(self.book.sessions.get(one.session)),
                    mark=title(one.mark),
                    other=title(two.mark),
                )
                for one, two in report.differing
            ]
            self.ask(ReadingPage(_("Marks of the same session that differed"), lines), _nothing)


def _likely_first(screen: PersonActions, keep: int) -> list[tuple[int, str, str]]:
    """Return everybody else as options, those of the same name or sound first."""
    from coordinator_tui.text import fold, sort_key

    own = screen.book.members.get(keep).name
    rows = [row for row in members.member_rows(screen.book, everyone=True) if row.member.id != keep]
    rows.sort(key=lambda row: (fold(row.member.name) != fold(own), sort_key(row.member.name) != sort_key(own)))
    return [
        (
            row.member.id,
            row.name,
            "  ".join(filter(None, (row.member.subject, row.member.birth, *(group.name for group in row.groups)))),
        )
        for row in rows
    ]


def _nothing(_result: object) -> None:
    """Take no notice of how a dialog ended: what it did is said when it does it."""
