"""Terms: add, use, close; and the refusal to change what a closed term froze."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from coordinator_tui.book.errors import NoSuchThing, Refused
from coordinator_tui.domain import terms as rules
from coordinator_tui.domain.errors import DomainError
from coordinator_tui.store import key_id
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.collection import Value
    from coordinator_tui.domain.records import Term


def all_terms(book: Book) -> list[Term]:
    """Every term, the latest first."""
    return sorted(book.terms.all(), key=lambda term: (term.start, term.code), reverse=True)


def check_code(code: str) -> str:
    """Return the code of a term as it is stored; Refused when it is not one."""
    try:
        rules.parse_term_code(code.strip())
    except DomainError as error:
        raise Refused(error.message, **error.params) from None
    return code.strip()


def add_term(
    book: Book,
    code: str,
    *,
    start: date | None = None,
    until: date | None = None,
    first_monday: date | None = None,
) -> Term:
    """Add a term; what is not given is what is usual for its code. Refused when it exists or overlaps another."""
    code = check_code(code)
    identity = key_id("term", code)
    if identity in book.terms:
        raise Refused(lazy("Term {code} is in the book already."), code=code)
    usual = rules.default_term(code)
    start = start or usual.start
    until = until or usual.until
    if first_monday is None:
        first_monday = rules.first_monday(start)
    _check_span(book, code, start, until, but=identity)
    with book.step("terms.add", code=code):
        return book.terms.add(identity, code=code, start=start, until=until, first_monday=_monday(first_monday))


def edit_term(book: Book, code: str, **fields: Value) -> Term:
    """Change start, until or first_monday of a term that is not closed."""
    term = find_term(book, code)
    _refuse_if_closed(term)
    _check_span(book, term.code, fields.get("start", term.start), fields.get("until", term.until), but=term.id)
    if fields.get("first_monday"):
        fields["first_monday"] = _monday(fields["first_monday"])
    with book.step("terms.edit", code=term.code):
        return book.terms.update(term.id, **fields)


def use_term(book: Book, code: str | None) -> Term:
    """Make a term the current one; None lets today decide again. Returns the term that is current then."""
    term = find_term(book, code) if code else None
    with book.step("terms.use", code=term.code if term else "-"):
        book.settings.set("current_term", term.code if term else None)
    return book.term


def close_term(book: Book, code: str) -> Term:
    """Freeze a term: its sessions, attendance, leaves and work cannot be changed any more.

    Members, series, rotation and unfinished assignments belong to no term and go on in the next. If the closed term was
    the chosen one, today decides again.
    """
    term = find_term(book, code)
    _refuse_if_closed(term)
    with book.step("terms.close", code=term.code):
        if book.settings.get("current_term") == term.code:
            book.settings.set("current_term", None)
        return book.terms.update(term.id, closed=True)


def reopen_term(book: Book, code: str) -> Term:
    """Thaw a closed term; history says who did it."""
    term = find_term(book, code)
    if not term.closed:
        raise Refused(lazy("Term {code} is not closed."), code=term.code)
    with book.step("terms.reopen", code=term.code):
        return book.terms.update(term.id, closed=None)


def find_term(book: Book, code: str | None = None) -> Term:
    """Return the term of a code; the current one for None. NoSuchThing if the book has none such."""
    if code is None:
        return current_term(book)
    term = book.terms.find(key_id("term", check_code(code)))
    if term is None:
        there = ", ".join(known.code for known in all_terms(book)) or "-"
        raise NoSuchThing(
            lazy("The book has no term {code}; it has: {there}. Add it with “coordinator-tui term add {code}”."),
            code=code.strip(),
            there=there,
        )
    return term


def current_term(book: Book) -> Term:
    """Return the term chosen in the settings, else today's, else the last that began, else the first to come."""
    chosen = book.settings.text("current_term")
    term = book.terms.find(key_id("term", chosen)) if chosen else None
    term = term or rules.term_of(book.terms.all(), book.today)
    if term is None:
        terms = all_terms(book)
        begun = [known for known in terms if known.start <= book.today]
        term = next(iter(begun or terms[-1:]), None)
    if term is None:
        raise NoSuchThing(lazy("The book has no term yet; add one with “coordinator-tui term add 2026-2027-1”."))
    return term


def term_of_day(book: Book, day: date) -> Term | None:
    """Return the term that a day falls in, if any."""
    return rules.term_of(book.terms.all(), day)


def week_of_day(book: Book, day: date) -> int | None:
    """Return the number of the school week that a day lies in (1 is the first); None outside every term."""
    term = term_of_day(book, day)
    return None if term is None else rules.week_of(term, day)


def guard(book: Book, *days: date | None) -> None:
    """Refused if one of the days lies in a closed term."""
    closed = book.derived("closed terms", ("terms",), lambda: book.terms.where(lambda term: term.closed))
    for day in days if closed else ():
        for term in closed:
            if day is not None and term.start <= day <= term.until:
                _refuse_if_closed(term)


def _refuse_if_closed(term: Term) -> None:
    if term.closed:
        raise Refused(lazy("Term {code} is closed: nothing in it can be changed any more."), code=term.code)


def _check_span(book: Book, code: str, start: date, until: date, *, but: int) -> None:
    if until < start:
        raise Refused(
            lazy("Term {code} would end ({until}) before it begins ({start})."), code=code, start=start, until=until
        )
    for other in book.terms:
        if other.id != but and other.start <= until and start <= other.until:
            raise Refused(
                lazy("Term {code} ({start} to {until}) overlaps term {other} ({other_start} to {other_until})."),
                code=code,
                start=start,
                until=until,
                other=other.code,
                other_start=other.start,
                other_until=other.until,
            )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
