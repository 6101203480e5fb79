"""Pairs of mentor and apprentice: who leads whom, from when until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.book.errors import Refused
from coordinator_tui.book.members import name_of
from coordinator_tui.book.registers import check_span, find_record
from coordinator_tui.book.terms import guard
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.collection import Value
    from coordinator_tui.domain.records import Pair, Term


def add_pair(
    book: Book,
    mentor: int,
    apprentice: int,
    *,
    start: date | None = None,
    until: date | None = None,
    kind: str | None = None,
    note: str | None = None,
) -> Pair:
    """Make a mentor and an apprentice a pair from `start` (today) on.

    Refused for one person as both, for two who are a pair at that time already, and in a closed term.
    """
    first = start or book.today
    guard(book, first, until)
    _check(book, mentor, apprentice, first, until)
    with book.step("pairs.add", **_names(book, mentor, apprentice)):
        return book.pairs.add(mentor=mentor, apprentice=apprentice, start=first, until=until, kind=kind, note=note)


def edit_pair(book: Book, pair: int, **fields: Value) -> Pair:
    """Change a pair; None takes a field away. A pair goes on from term to term, so only changed days are guarded."""
    now = book.pairs.get(pair)
    mentor, apprentice = fields.get("mentor") or now.mentor, fields.get("apprentice") or now.apprentice
    start, until = fields.get("start", now.start), fields.get("until", now.until)
    guard(book, *_moved(now.start, start), *_moved(now.until, until))
    _check(book, mentor, apprentice, start, until, but=pair)
    with book.step("pairs.edit", **_names(book, mentor, apprentice)):
        return book.pairs.update(pair, **fields)


def end_pair(book: Book, pair: int, *, until: date | None = None, note: str | None = None) -> Pair:
    """End a pair; `until` (today) is the last day of it. Refused when it has ended before."""
    now = book.pairs.get(pair)
    last = until or book.today
    guard(book, last)
    if now.until is not None and now.until < last:
        raise Refused(
            lazy("The pair of {mentor} and {apprentice} has ended on {until} already."),
            until=now.until,
            **_names(book, now.mentor, now.apprentice),
        )
    check_span(now.start, last)
    with book.step("pairs.end", **_names(book, now.mentor, now.apprentice)):
        return book.pairs.update(pair, until=last, **({} if note is None else {"note": note}))


def remove_pair(book: Book, pair: int) -> None:
    """Remove a pair entered by mistake, as if it had never been."""
    now = book.pairs.get(pair)
    guard(book, now.start, now.until)
    with book.step("pairs.remove", **_names(book, now.mentor, now.apprentice)):
        book.pairs.remove(pair)


def pairs_of(book: Book, *, term: Term | None = None, member: int | None = None, on: date | None = None) -> list[Pair]:
    """Return pairs, the latest first: that touch a term, in which a member is either, that there are on a day."""
    first, last = (on, on) if on else (term.start, term.until) if term else (None, None)
    found = book.pairs.where(
        lambda one: (
            (member is None or member in {one.mentor, one.apprentice})
            and (last is None or one.start is None or one.start <= last)
            and (first is None or one.until is None or one.until >= first)
        )
    )
    return sorted(found, key=lambda one: (one.start is not None, one.start or book.today, one.id), reverse=True)


def pair_words(book: Book, pair: Pair) -> str:
    """Return a pair in a few words."""
    days = f"{pair.start or ''} – {pair.until or ''}" if pair.start or pair.until else ""
    return " ".join(part for part in (pair_names(book, pair), days) if part)


def pair_names(book: Book, pair: Pair) -> str:
    """Return mentor and apprentice, the mentor first."""
    return f"{name_of(book, pair.mentor)} → {name_of(book, pair.apprentice)}"


def find_pair(book: Book, text: str, other: str | None = None, *, running: bool = False) -> Pair:
    """Return the pair meant by its number or by one of the two (and `other` by the other one).

    `running` leaves out those that have ended. NoSuchThing, or DecisionNeeded with the candidates.
    """
    from coordinator_tui.book.members import find_member

    among = pairs_of(book, on=book.today) if running else pairs_of(book)
    if other is not None:
        second = find_member(book, other).id
        among = [pair for pair in among if second in {pair.mentor, pair.apprentice}]
    return find_record(
        book,
        "pairs",
        text,
        among,
        people=lambda one: (one.mentor, one.apprentice),
        words=lambda one: pair_words(book, one),
    )


def pair_json(book: Book, pair: Pair) -> dict[str, Any]:
    """Return a pair as `pairs list --json` prints it."""
    return {
        "id": pair.id,
        "mentor": pair.mentor,
        "mentor_name": name_of(book, pair.mentor),
        "apprentice": pair.apprentice,
        "apprentice_name": name_of(book, pair.apprentice),
        "start": pair.start.isoformat() if pair.start else None,
        "until": pair.until.isoformat() if pair.until else None,
        "kind": pair.kind,
        "note": pair.note,
    }


def _names(book: Book, mentor: int, apprentice: int) -> dict[str, str]:
    return {"mentor": name_of(book, mentor), "apprentice": name_of(book, apprentice)}


def _moved(before: date | None, after: date | None) -> tuple[date | None, ...]:
    return (before, after) if before != after else ()


def _check(
    book: Book, mentor: int, apprentice: int, start: date | None, until: date | None, *, but: int | None = None
) -> None:
    book.members.get(mentor)
    book.members.get(apprentice)
    if mentor == apprentice:
        raise Refused(lazy("Nobody is their own mentor."))
    check_span(start, until)
    for other in book.pairs:
        same = (other.mentor, other.apprentice) == (mentor, apprentice) and other.id != but
        begins = start is None or other.until is None or start <= other.until
        if same and begins and (until is None or other.start is None or other.start <= until):
            raise Refused(
                lazy("{mentor} and {apprentice} are a pair already, since {start}."),
                start=other.start or "–",
                **_names(book, mentor, apprentice),
            )
