"""Finding one clause of a shipped pack, and what stands in its cadences and blocks of data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rule_worlds import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordinator_tui.domain.rules.pack import Cadence, Clause
    from coordinator_tui.domain.rules.result import Row, Why


def clause(pack: str, identity: str) -> Clause:
    """Return a clause by its number."""
    return next(each for each in shipped(pack).clauses if each.id == identity)


def cadence(pack: str, of_clause: str) -> Cadence:
    """Return the only cadence of a clause."""
    (found,) = clause(pack, of_clause).cadences
    return found


def block(pack: str, of_clause: str, name: str) -> Any:
    """Return a block of data of a clause."""
    return clause(pack, of_clause).data[name]


def item(pack: str, of_clause: str, name: str, identity: str) -> dict[str, Any]:
    """Return one item of a block by its id."""
    found: dict[str, Any] = next(each for each in block(pack, of_clause, name) if each["id"] == identity)
    return found


def ids(items: Iterable[dict[str, Any]]) -> list[str]:
    """Return the ids of a block's items in their order."""
    return [each["id"] for each in items]


def titles(items: Iterable[dict[str, Any]]) -> list[str]:
    """Return the Chinese titles of a block's items in their order."""
    return [each["title"].zh for each in items]


def answer(setting: str, value: object) -> dict[str, Any]:
    """Return the answer to one setting, as the helpers of `Tiny` take answers."""
    return {setting: value}


def amounts(row: Row) -> tuple[float | None, float, float]:
    """Return what is needed, done and missing."""
    return row.needed, row.done, row.gap


def why(row: Row) -> list[Why]:
    """Return the reasons' kinds."""
    return [reason.why for reason in row.reasons]
