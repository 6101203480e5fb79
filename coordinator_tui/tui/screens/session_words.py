"""Sessions in words: what one is, how it stands, what it lacks, what it clashes with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.book.members import name_of
from coordinator_tui.book.schedule import missing
from coordinator_tui.domain.calendar import ClashKind
from coordinator_tui.domain.vocabulary import SessionStatus, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy
from coordinator_tui.tui.screens.day_words import day_words, time_words
from coordinator_tui.tui.screens.sections import listed

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.calendar import Clash
    from coordinator_tui.domain.records import Session

HAVES = {"plan": lazy("plan"), "topic": lazy("topic"), "speaker": lazy("speaker"), "form": lazy("form")}
_MOST_NAMED = 3


def what(session: Session) -> str:
    """Return topic, or kind where there is no topic yet."""
    return session.topic or (title(session.kind) if session.kind else _("(no topic yet)"))


def called(book: Book, session: Session) -> str:
    """Return a session in a few words: day and what it is about."""
    return f"{day_words(session.date, book.today)} {what(session)}"


def lacks(session: Session) -> str:
    """Return what a session lacks of the four haves, as "no plan, speaker"; "" when it has them."""
    names = [str(HAVES[have]) for have in missing(session)]
    return _("lacks {things}").format(things=listed(names)) if names else ""


def standing(book: Book, session: Session) -> str:
    """Return what became of a session where that is out of the ordinary: cancelled, moved, with the reason."""
    reason = f" ({session.reason})" if session.reason else ""
    if session.status is SessionStatus.CANCELLED:
        return _("cancelled{reason}").format(reason=reason)
    if session.moved_from:
        return _("moved from {day}{reason}").format(day=day_words(session.moved_from, book.today), reason=reason)
    return ""


def clash_words(book: Book, clash: Clash) -> str:
    """Return a clash in words, without the day."""
    if clash.kind is ClashKind.HOLIDAY:
        return _("{what}: the day is a holiday ({name})").format(
            what=what(clash.sessions[0]), name=clash.name or title(clash.sessions[0].kind)
        )
    one, other = (f"{time_words(s.start, s.end)} {what(s)}" for s in clash.sessions[:2])
    why = {
        ClashKind.GROUP: _("the same group"),
        ClashKind.PLACE: _("the same place ({name})").format(name=clash.name or ""),
        ClashKind.MEMBER: _shared(book, clash),
    }[clash.kind]
    return _("{one} and {other}: {why}").format(one=one, other=other, why=why)


def _shared(book: Book, clash: Clash) -> str:
    names = [name_of(book, member) for member in clash.members[:_MOST_NAMED]]
    more = len(clash.members) - len(names)
    told = listed(names)
    return (
        _("{names} and {count} more in both").format(names=told, count=more)
        if more
        else _("{names} in both").format(names=told)
    )
