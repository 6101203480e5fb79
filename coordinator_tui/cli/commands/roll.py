"""`roll`: take or show the roll of a session; by exception in one typed line, previewed, balanced, one commit."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from coordinator_tui.cli.common import command, decide, done, group_option, json_option, session_named, yes_option
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.errors import DECISION_NEEDED, REFUSED, CommandError
from coordinator_tui.cli.output import emit_json, emit_table, say, title
from coordinator_tui.cli.shape import argument, option
from coordinator_tui.cli.values import MEMBER, PATH, SESSION, TEXT
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.book.roll import LinePreview, RollCall, RollRow
    from coordinator_tui.domain.attendance import Tally
    from coordinator_tui.domain.vocabulary import Mark


@command(
    "roll",
    lazy("Take or show the roll of a session."),
    "coordinator-tui roll today --line '张三迟10 李四病 王五公(开会) 其余到'",
    "coordinator-tui roll 2026-09-09 --line 'zs迟10 7病 其余到' --yes",
    "coordinator-tui roll last --show --json",
    "coordinator-tui roll last --clear 张三",
    more=lazy(
        "Name the exceptions by name, pinyin, initials or the row number of the printed sheet, each with a mark: 迟 退"
        " 病 事 公 假 旷 免 到, and 未 to clear. “其余到” marks everybody not taken yet as present and touches no mark"
        " already set. The preview shows old and new marks and the balance; one question (or --yes) commits it in one"
        " step, which “coordinator-tui undo” takes back."
    ),
)
@argument(
    "session",
    type=SESSION,
    default="today",
    required=False,
    about=lazy("A number, a date (the one session of that day), today, next or last (default: today)."),
)
@option("--line", metavar="TEXT", type=TEXT, about=lazy("The roll by exception."))
@option("--file", "source", metavar="FILE", type=PATH, about=lazy("Read it from a file; - is standard input."))
@option(
    "--rest-present",
    is_flag=True,
    about=lazy("Mark those not taken yet: present, or their leave."),
)
@option(
    "--clear", "cleared", metavar="MEMBER", multiple=True, type=MEMBER, about=lazy("Take a mark back to not taken.")
)
@option("--show", is_flag=True, about=lazy("Show the roll (what happens if nothing else is asked)."))
@option("--dry-run", is_flag=True, about=lazy("Only show the preview."))
@group_option
@yes_option
@json_option
@pass_call
def COMMAND(  # noqa: N802 - the name by which modules hand their command on
    call: Call,
    *,
    session: str,
    line: str | None,
    source: str | None,
    cleared: tuple[str, ...],
    group: str | None,
    rest_present: bool,
    show: bool,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Do what was asked in the order line, clear, rest; then show."""
    from coordinator_tui.book.roll import RollCall

    typed = _typed(line, source)
    changing = bool(typed or cleared or rest_present) and not dry_run
    with call.open(read_only=not changing) as book:
        roll = RollCall(book, session_named(book, session, group).id)
        say(roll.title)
        if typed and not _take_line(roll, typed, dry_run=dry_run, yes=yes):
            return
        if not dry_run:
            _clear(book, roll, cleared)
        if rest_present and not dry_run:
            count = roll.rest_present()
            done(ngettext("{count} member marked.", "{count} members marked.", count).format(count=count))
        if changing:
            _tell(roll, again=bool(cleared or rest_present))
        if as_json:
            emit_json(roll.to_json())
        elif show or not (typed or cleared or rest_present):
            _show(call, roll)


def _typed(line: str | None, source: str | None) -> str:
    """Return the line as typed and as read from the file, one after the other."""
    from coordinator_tui.cli.files import read_text

    parts = [line or "", read_text(source) if source is not None else ""]
    return " ".join(" ".join(part.split("\n")) for part in parts if part).strip()


def _take_line(roll: RollCall, typed: str, *, dry_run: bool, yes: bool) -> bool:
    """Show what the line would do, ask, and write it; False if nothing was written."""
    from coordinator_tui.book.members import name_of

    preview = roll.preview_line(typed)
    _show_preview(preview)
    for problem in dict.fromkeys(str(problem) for problem in preview.problems):
        say(f"  {problem}")
    if preview.problems:
        unclear = any(len(problem.candidates) > 1 for problem in preview.problems)
        names = {name_of(roll.book, member) for problem in preview.problems for member in problem.candidates}
        sentence = _("The line is not clear; nothing was written.")
        if unclear and names:
            hint = _("Candidates: {names}").format(names=_(", ").join(sorted(names)))
            sentence = _("{question} {how}").format(question=sentence, how=hint)
        raise CommandError(sentence, DECISION_NEEDED if unclear else REFUSED)
    if not preview.tally.balanced:
        raise CommandError(_("The marks do not add up to those expected; nothing was written."), REFUSED)
    if dry_run:
        return False
    if not (yes or not sys.stdin.isatty() or decide(_("Commit?"), yes=False)):
        return False
    count = roll.commit_line(preview)
    done(ngettext("{count} member marked.", "{count} members marked.", count).format(count=count))
    return True


def _show_preview(preview: LinePreview) -> None:
    """Narrate old and new marks; those whom “the rest” marks are counted, not listed."""
    from coordinator_tui.domain.vocabulary import Mark

    listed = [change for change in preview.changes if not (change.row.mark is None and change.mark is Mark.PRESENT)]
    for change in listed:
        before = mark_text(change.row.mark, change.row.minutes, change.row.note)
        after = mark_text(change.mark, change.minutes, change.note)
        told = f"{before} → {after}" if before != after else _("{mark} as before").format(mark=after)
        say(f"  {change.row.number:>3} {change.row.name}  {told}")
    others = len(preview.changes) - len(listed)
    if others:
        say("  " + ngettext("{count} other present", "{count} others present", others).format(count=others))
    say(balance(preview.tally))


def mark_text(mark: Mark | None, minutes: int | None = None, note: str | None = None) -> str:
    """Return a mark with its minutes and note in words."""
    words = title(mark) if mark else _("not taken")
    if minutes:
        words = _("{mark} {minutes} min").format(mark=words, minutes=minutes)
    return f"{words} ({note})" if note else words


def balance(tally: Tally) -> str:
    """Return 应到 as the sum of every state that somebody is in."""
    from coordinator_tui.domain.vocabulary import NOT_TAKEN, Mark

    names = {mark.value: title(mark) for mark in Mark} | {NOT_TAKEN: _("Not taken")}
    parts = [f"{names[state]} {count}" for state, count in tally.counts.items() if count]
    return _("Expected {expected} = {parts}; attended {attended}").format(
        expected=tally.expected, parts=" + ".join(parts) or "0", attended=tally.attended
    )


def _clear(book: Book, roll: RollCall, cleared: tuple[str, ...]) -> None:
    from coordinator_tui.book.members import find_member, name_of

    people = [find_member(book, text) for text in cleared]
    names = "、".join(name_of(book, member.id) for member in people)
    if not people:
        return
    with book.step("roll.clear", name=names):
        for member in people:
            roll.clear(member.id)
    done(_("Not taken any more: {names}").format(names=names))


def _tell(roll: RollCall, *, again: bool) -> None:
    """Tell the balance unless the preview just did, and whether this is a late entry."""
    if again:
        say(balance(roll.tally))
    if roll.session.date > roll.book.today:
        say(_("Mind: this session is still to come, on {day}.").format(day=roll.session.date))
    if roll.late_entry:
        say(_("This is a late entry: the history and internal sheets say so."))


def _show(call: Call, roll: RollCall) -> None:
    entries = roll.entries()

    def line(row: RollRow) -> tuple[Any, ...]:
        entry = entries.get(row.member)
        late = _("late entry") if entry and entry.late else ""
        leave = title(row.leave.kind) if row.leave and row.mark is None else ""
        by = entry.by if entry else ""
        return (row.number or "", row.name, mark_text(row.mark), row.minutes, row.note, leave, by, late)

    headers = [_("No."), _("Name"), _("Mark"), _("Minutes"), _("Note"), _("Leave known"), _("By"), _("Late entry")]
    emit_table([line(row) for row in [*roll.rows, *roll.extra]], headers, plain=call.plain)
    say(balance(roll.tally))
