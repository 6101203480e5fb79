"""`search`: members, groups, sessions, readings, tasks, work and the registers that a text finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coordinator_tui.cli.common import command, json_option
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.output import emit_json, emit_table, say
from coordinator_tui.cli.shape import argument
from coordinator_tui.cli.values import TEXT
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordinator_tui.book.book import Book


class Found(NamedTuple):
    """Something found: how well it fits (0 is best), its table, its id, its name, and what else helps to know it."""

    rank: int
    what: str
    id: int
    title: str
    detail: str


@command(
    "search",
    lazy("Find members, groups, sessions, readings, work and the registers, by text or pinyin."),
    "coordinator-tui search 单元",
    "coordinator-tui search zs --json",
)
@argument("text", type=TEXT, about=lazy("A piece of a name, a topic, a title; pinyin or its initials."))
@json_option
@pass_call
def COMMAND(call: Call, text: str, *, as_json: bool) -> None:  # noqa: N802 - handed on by this name
    """Print what was found, best first."""
    from coordinator_tui.book.errors import TABLE_TITLES

    with call.open(read_only=True) as book:
        found = sorted(_found(book, text), key=lambda one: one.rank)
        if as_json:
            emit_json([{"what": one.what, "id": one.id, "title": one.title, "detail": one.detail} for one in found])
            return
        rows = [(TABLE_TITLES[one.what], one.title, one.detail, one.id) for one in found]
        emit_table(rows, [_("Kind"), _("Found"), _("Detail"), _("Number")], plain=call.plain)
        if not found:
            say(_("Nothing was found for “{text}”.").format(text=text))


def _found(book: Book, text: str) -> Iterator[Found]:
    for what, identity, title, detail, words in _things(book):
        rank = matches(text, *(word for word in words if word))
        if rank is not None:
            yield Found(rank, what, identity, title, detail)


def _things(book: Book) -> Iterator[tuple[str, int, str, str, tuple[str | None, ...]]]:
    """Yield everything that can be found: table, id, name, detail, and the words that find it."""
    from coordinator_tui.book.members import name_of
    from coordinator_tui.book.schedule import session_title
    from coordinator_tui.cli.output import title

    for member in book.members:
        yield "members", member.id, name_of(book, member.id), member.subject or "", (member.name, member.subject)
    for group in book.groups:
        yield "groups", group.id, group.name, title(group.kind), (group.name,)
    for session in book.sessions:
        words = (session.topic, session.speaker, session.host, session.question, session.place)
        yield "sessions", session.id, session_title(session), session.speaker or "", words
    for reading in book.readings:
        yield "readings", reading.id, reading.title, reading.author or "", (reading.title, reading.author)
    for task in book.assignments:
        yield "assignments", task.id, task.title, task.due.isoformat(), (task.title,)
    for work in book.work:
        if work.title:
            detail = f"{name_of(book, work.member)} {work.date}"
            yield "work", work.id, work.title, detail, (work.title,)
    yield from _registered(book)


def _registered(book: Book) -> Iterator[tuple[str, int, str, str, tuple[str | None, ...]]]:
    """Yield what stands in the registers."""
    from coordinator_tui.book.members import name_of
    from coordinator_tui.book.pairs import pair_names
    from coordinator_tui.cli.output import title

    for training in book.trainings:
        detail = f"{name_of(book, training.member)} {training.start}"
        yield "trainings", training.id, training.title, detail, (training.title, training.organiser)
    for pair in book.pairs:
        people = (name_of(book, pair.mentor), name_of(book, pair.apprentice))
        yield "pairs", pair.id, pair_names(book, pair), str(pair.start or ""), (*people, pair.kind)
    for placement in book.placements:
        name, school = name_of(book, placement.member), placement.host_school or ""
        yield "placements", placement.id, school, f"{name} {placement.start}", (name, school)
    for achievement in book.achievements:
        detail = f"{name_of(book, achievement.member)} {achievement.date}"
        yield "achievements", achievement.id, achievement.title, detail, (achievement.title, achievement.issuer)
    for entry in book.entries:
        if entry.title:
            yield "entries", entry.id, entry.title, f"{title(entry.kind)} {entry.date}", (entry.title,)
