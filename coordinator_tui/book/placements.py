"""Placements: teachers who teach at another school for a time. Who may be placed and in which order comes elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.book.errors import Refused
from coordinator_tui.book.members import name_of
from coordinator_tui.book.registers import check_span, find_record, within
from coordinator_tui.book.terms import guard
from coordinator_tui.domain.terms import school_year
from coordinator_tui.domain.vocabulary import PlacementForm
from coordinator_tui.store import key_id
from coordinator_tui.text import clean, fold, lazy

if TYPE_CHECKING:
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.collection import Value
    from coordinator_tui.domain.records import Placement, Term


def place_member(
    book: Book,
    member: int,
    *,
    host_school: str | None = None,
    form: PlacementForm | None = None,
    start: date | None = None,
    until: date | None = None,
    home_school: str | None = None,
    note: str | None = None,
) -> Placement:
    """Note that a member teaches at another school from `start` (today) on; `home_school` is the book's unless named.

    Two machines that note a member's placement of one school year write the same document. Refused in a closed term,
    at the home school, and while the member is placed already.
    """
    book.members.get(member)
    first = start or book.today
    home = clean(home_school or "").strip() or book.school or None
    guard(book, first, until)
    _check_schools(home, host_school)
    _check_days(book, member, first, until)
    identity = placement_id(book, member, first)
    with book.step("placements.add", name=name_of(book, member), school=host_school or "?"):
        return book.placements.add(
            identity, member=member, form=PlacementForm(form) if form else None, start=first, until=until,
            home_school=home, host_school=host_school, note=note,
        )  # fmt: skip


def placement_id(book: Book, member: int, start: date) -> int:
    """Return the id of a member's placement of a school year; a second one of the year is told apart by its start."""
    identity = key_id("placement", school_year(start), member)
    taken = book.placements.find(identity)
    return identity if taken is None else key_id("placement", school_year(start), member, start.isoformat())


def edit_placement(book: Book, placement: int, **fields: Value) -> Placement:
    """Change a placement; None takes a field away. Only days that change are guarded: it may last several terms."""
    now = book.placements.get(placement)
    start, until = fields.get("start") or now.start, fields.get("until", now.until)
    guard(book, *_moved(now.start, start), *_moved(now.until, until))
    home, host = fields.get("home_school", now.home_school), fields.get("host_school", now.host_school)
    _check_schools(home, host)
    _check_days(book, now.member, start, until, but=placement)
    if fields.get("form") is not None:
        fields["form"] = PlacementForm(fields["form"])
    with book.step("placements.edit", name=name_of(book, now.member), school=host or "?"):
        return book.placements.update(placement, **fields)


def end_placement(book: Book, placement: int, *, until: date | None = None) -> Placement:
    """End a placement; `until` (today) is the last day of it. Refused when it has ended before."""
    now = book.placements.get(placement)
    last = until or book.today
    guard(book, last)
    if now.until is not None and now.until < last:
        raise Refused(
            lazy("The placement of {name} has ended on {until} already."), name=name_of(book, now.member),
            until=now.until,
        )  # fmt: skip
    check_span(now.start, last)
    with book.step("placements.end", name=name_of(book, now.member), school=now.host_school or "?"):
        return book.placements.update(placement, until=last)


def remove_placement(book: Book, placement: int) -> None:
    """Remove a placement entered by mistake; entries about it stay, without it."""
    now = book.placements.get(placement)
    guard(book, now.start, now.until)
    with book.step("placements.remove", name=name_of(book, now.member), school=now.host_school or "?"):
        for entry in book.entries.where(lambda entry: entry.placement == placement):
            book.entries.update(entry.id, placement=None)
        book.placements.remove(placement)


def placements_of(
    book: Book,
    *,
    term: Term | None = None,
    member: int | None = None,
    form: PlacementForm | None = None,
    on: date | None = None,
) -> list[Placement]:
    """Return placements, the latest first: that touch a term, of a member, of a form, that there are on a day."""
    first, last = (on, on) if on else (term.start, term.until) if term else (None, None)
    found = book.placements.where(
        lambda one: (
            (member is None or one.member == member)
            and (form is None or one.form is form)
            and within(one.start, one.until or last, first, last)
        )
    )
    return sorted(found, key=lambda one: (one.start, one.id), reverse=True)


def placement_words(book: Book, placement: Placement) -> str:
    """Return a placement in a few words."""
    days = f"{placement.start} – {placement.until or ''}".rstrip()
    parts = (name_of(book, placement.member), placement.host_school, days)
    return " ".join(part for part in parts if part)


def find_placement(book: Book, text: str, *, running: bool = False) -> Placement:
    """Return the placement meant by its number or the member; `running` leaves out those that have ended."""
    return find_record(
        book,
        "placements",
        text,
        [one for one in placements_of(book) if not running or one.until is None or one.until >= book.today],
        people=lambda one: (one.member,),
        words=lambda one: placement_words(book, one),
    )


def placement_json(book: Book, placement: Placement) -> dict[str, Any]:
    """Return a placement as `exchange list --json` prints it."""
    return {
        "id": placement.id,
        "member": placement.member,
        "name": name_of(book, placement.member),
        "form": placement.form.value if placement.form else None,
        "start": placement.start.isoformat(),
        "until": placement.until.isoformat() if placement.until else None,
        "home_school": placement.home_school,
        "host_school": placement.host_school,
        "note": placement.note,
    }


def _moved(before: date | None, after: date | None) -> tuple[date | None, ...]:
    return (before, after) if before != after else ()


def _check_schools(home: str | None, host: str | None) -> None:
    if home and host and fold(home) == fold(host):
        raise Refused(lazy("{school} is the home school; an exchange leads to another one."), school=host)


def _check_days(book: Book, member: int, start: date, until: date | None, *, but: int | None = None) -> None:
    check_span(start, until)
    for other in book.placements.where(lambda one: one.member == member and one.id != but):
        if (until is None or other.start <= until) and (other.until is None or start <= other.until):
            raise Refused(
                lazy("{name} is placed already: {placement}."),
                name=name_of(book, member),
                placement=placement_words(book, other),
            )
