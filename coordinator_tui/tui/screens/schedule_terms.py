"""Choosing a term, and adding one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.book import terms
from coordinator_tui.book.errors import BookError
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.screens.chooser import Chooser
from coordinator_tui.tui.screens.day_words import day_check, optional_day
from coordinator_tui.tui.widgets.form import Field, FormDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Term
    from coordinator_tui.tui.screen import CoordinatorScreen

_NEW = 0
_SECOND_TERM = 2
"""Month in which the second term of a school year begins."""


def choose_term(screen: CoordinatorScreen, here: Term | None, then: Callable[[Term], None]) -> None:
    """Ask which term, or for a new one where there is none or the user wants one."""
    book = screen.book
    known = terms.all_terms(book)
    if not known:
        _ask_new(screen, then)
        return
    closed = _("closed")
    options = [(t.id, t.code, f"{t.start} – {t.until}  {closed if t.closed else ''}") for t in known]
    options.append((_NEW, _("New term …"), _("adds one")))

    def chosen(identity: int | None) -> None:
        if identity == _NEW:
            _ask_new(screen, then)
        elif identity is not None:
            then(book.terms.get(identity))

    screen.ask(Chooser(_("Which term?"), options, here=here.id if here else None), chosen)


def likely_code(book: Book) -> str:
    """Return the code of the term after the last one, or of the one that today lies in."""
    known = terms.all_terms(book)
    if known:
        first, _second, number = (int(part) for part in known[0].code.split("-"))
        return f"{first}-{first + 1}-2" if number == 1 else f"{first + 1}-{first + 2}-1"
    return usual_code(book.today)


def usual_code(day: date) -> str:
    """Return the code of the term that a day usually lies in: the first from August to January."""
    first = day.year if day.month >= 8 else day.year - 1
    return f"{first}-{first + 1}-{2 if _SECOND_TERM <= day.month < 8 else 1}"


def _ask_new(screen: CoordinatorScreen, then: Callable[[Term], None]) -> None:
    book = screen.book
    made: list[Term] = []
    usual = lazy("empty: as usual for the term")

    def save(values: dict[str, str]) -> None:
        from coordinator_tui.book.calendar import ensure_calendar

        days = {name: optional_day(book, values[name]) for name in ("start", "until", "first_monday")}
        with book.step("terms.add", code=values["code"].strip()):
            term = terms.add_term(book, values["code"], **days)
            ensure_calendar(book, term)
        made.append(term)

    fields = [
        Field("code", _("Term"), likely_code(book), check=_code_problem, required=True),
        Field("start", _("First day"), check=day_check(book), placeholder=usual),
        Field("until", _("Last day"), check=day_check(book), placeholder=usual),
        Field("first_monday", _("Monday of week 1"), check=day_check(book), placeholder=usual),
    ]

    def added(_values: dict[str, str] | None) -> None:
        if made:
            then(made[0])
            screen.say(_("Term {code}: {start} to {until}.").format(**_parts(made[0])), "good")

    screen.ask(FormDialog(_("New term"), fields, save), added)


def _parts(term: Term) -> dict[str, object]:
    return {"code": term.code, "start": term.start, "until": term.until}


def _code_problem(text: str) -> str | None:
    try:
        terms.check_code(text)
    except BookError as error:
        return str(error)
    return None
