"""One row of a roster as the book takes it in, whatever file it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coordinator_tui.domain.vocabulary import Level, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """A teacher as a roster names them; `row` is the line in the file as its reader counts them (from 1).

    Dates are as exact as they were written: "1985", "1985-03" or "1985-03-12". `groups` pairs a group's name with the
    role in it; None for everything that the roster does not say.
    """

    row: int
    name: str
    gender: str | None = None
    birth: str | None = None
    subject: str | None = None
    stage: str | None = None
    title: str | None = None
    level: Level | None = None
    honours: tuple[str, ...] = ()
    joined_school: str | None = None
    joined_work: str | None = None
    phone: str | None = None
    groups: tuple[tuple[str, Role], ...] = ()
    note: str | None = None
