"""Taking a person out of a book and its history for good: what is only about them, and their name elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from coordinator_tui.book.damage import unusable
from coordinator_tui.book.errors import TABLE_TITLES
from coordinator_tui.book.fields import field_title
from coordinator_tui.book.members import name_of
from coordinator_tui.book.merging import PLACES
from coordinator_tui.book.registers import PERSON_FIELDS, REGISTERS
from coordinator_tui.text import fold
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Member

OWN_TABLES = ("memberships", "attendance", "leaves", "work", *REGISTERS)
"""Tables whose documents are about one member (or two, as pairs are)."""
_TEXTS = "texts"
BLANK = "×××"
"""What stands in a text where a name was."""
DETAILS = ""
"""The field that stands for the details of steps."""

Where: TypeAlias = "tuple[str, int]"
Said: TypeAlias = "tuple[str, int, Mapping[str, Any], Mapping[str, Any]]"
_ALIKE = dict.fromkeys("·•‧・．.", "[·•‧・．.]") | {"(": "[(（]", "（": "[(（]", ")": "[)）]", "）": "[)）]"}
"""Signs in names that people type one for the other."""
_PERSON = frozenset({"speaker", "host", "hosts", "recorder", "checker", "approved_by", "recommended_by", "author"})
"""Fields that hold a name and nothing else, so that without it there is nothing."""
_LINKS = {(table, column) for table, column in PLACES if table not in OWN_TABLES}


@dataclass(slots=True)
class Purge:
    """What a purge of a person would do.

    `own` are the documents about them, by table, removed ones included; `values` is what comes in place of present
    values that name them (None for nothing); `fields` are those whose earlier values go; `tasks` are the titles of
    those that only they had. `namesakes` share the name, which then stays where nothing tells whom it means; `wrote`
    tells whether lines name them as their writer. `names` are those that are looked for, `copies` the files set aside
    in which one of them stands.
    """

    member: Member
    name: str
    own: dict[str, set[int]] = field(default_factory=dict)
    values: dict[Where, dict[str, Any]] = field(default_factory=dict)
    fields: dict[Where, set[str]] = field(default_factory=dict)
    tasks: tuple[str, ...] = ()
    namesakes: tuple[str, ...] = ()
    wrote: bool = False
    names: tuple[str, ...] = ()
    copies: tuple[Path, ...] = ()

    def counts(self, book: Book) -> dict[str, int]:
        """How many present documents of each own table go; those of the registers together."""
        counted = {
            table: sum(one in book.collections[table] for one in self.own.get(table, ())) for table in OWN_TABLES
        }
        registers = sum(counted.pop(table) for table in REGISTERS)
        return {**counted, "registers": registers}

    def places(self) -> list[str]:
        """Where else the name stands at present, in words with numbers: "session: speaker 2"."""
        found = Counter((table, name) for (table, _id), changed in self.values.items() for name in changed)
        sentence = _("{thing}: {field} {count}")
        return [
            sentence.format(thing=TABLE_TITLES.get(table, table), field=field_title(table, name), count=count)
            for (table, name), count in sorted(found.items())
            if (table, name) not in _LINKS
        ]


def plan_purge(book: Book, member: int) -> Purge:
    """Look through the book and everything that was ever written for what names a member."""
    plan = Purge(book.members.get(member), name_of(book, member))
    with unusable(book.folder):
        said = list(book.store.said())
        authors = book.store.authors()
    plan.own["members"] = {member} | _merged_into(book, plan, said)
    names = _names(plan, said)
    others = [other for other in book.members if other.id != member]
    plan.namesakes = tuple(name_of(book, one.id) for one in others if fold(one.name) in set(map(fold, names)))
    plan.wrote = bool(authors & names)
    shared = {fold(other.name) for other in others}
    alone = sorted(name for name in names if fold(name) not in shared) or [plan.name]
    plan.names = tuple(alone)
    plan.copies = tuple(_with_a_name(book.folder / "set-aside", plan.names))
    finder = Finder(alone, [other.name for other in others])
    for table, key, body, details in said:
        _look(plan, finder, (table, key), body, details)
    _texts_of_theirs(plan, said)
    _tasks_of_theirs(book, plan)
    _entries_about_theirs(book, plan)
    for table in (*book.collections, "settings"):
        for key, document in book.store.documents(table).items():
            if key not in plan.own.get(table, ()):
                _replace(plan, finder, (table, key), document)
    plan.fields = {where: names for where, names in plan.fields.items() if where[1] not in plan.own.get(where[0], ())}
    return plan


def _merged_into(book: Book, plan: Purge, said: Iterable[Said]) -> set[int]:
    """Return the entries that were merged into the member's."""
    names = {plan.name, plan.member.name}
    return {
        key
        for table, key, _body, details in said
        if table == "members" and key not in book.members and details.get("other") and details.get("name") in names
    }


def _names(plan: Purge, said: Iterable[Said]) -> set[str]:
    """Return every name that the member ever had."""
    own = plan.own["members"]
    written = {
        str(body["name"]) for table, key, body, _d in said if table == "members" and key in own and body.get("name")
    }
    return {plan.member.name, *written}


def _texts_of_theirs(plan: Purge, said: Iterable[Said]) -> None:
    """Let the texts of their work go, those of pieces that were removed since too."""
    works = plan.own.get("work", set())
    found = {key for table, key, body, _details in said if table == _TEXTS and body.get("work") in works}
    if found:
        plan.own.setdefault(_TEXTS, set()).update(found)


def _entries_about_theirs(book: Book, plan: Purge) -> None:
    """Let entries go that name nobody but a training or placement of theirs; others no longer name it."""
    for entry in book.entries:
        theirs = [
            field
            for field, table in (("training", "trainings"), ("placement", "placements"))
            if getattr(entry, field) in plan.own.get(table, ())
        ]
        if theirs and entry.member is None:
            plan.own.setdefault("entries", set()).add(entry.id)
        elif theirs and entry.id not in plan.own.get("entries", ()):
            plan.values["entries", entry.id] = dict.fromkeys(theirs)
            plan.fields.setdefault(("entries", entry.id), set()).update(theirs)


def _tasks_of_theirs(book: Book, plan: Purge) -> None:
    """Let tasks go that only this member had: without the member they would be everybody's."""
    for task in book.assignments.where(lambda task: task.members == (plan.member.id,)):
        plan.own.setdefault("assignments", set()).add(task.id)
        plan.tasks = (*plan.tasks, task.title)


def purge_member(book: Book, plan: Purge) -> None:
    """Carry out a purge; nothing of it can be undone."""
    with unusable(book.folder):
        book.store.forget(plan.own, plan.fields, plan.values)
        for path in plan.copies:
            path.unlink(missing_ok=True)
    for table in book.collections:
        book.touch(table, None)


def still_named(book: Book, plan: Purge) -> list[Path]:
    """Return the logs of other machines in which a name stands until those machines open the book."""
    own = book.folder / "log" / book.store.replica
    return [path for path in _with_a_name(book.folder / "log", plan.names) if own not in path.parents]


def _with_a_name(folder: Path, names: Iterable[str]) -> list[Path]:
    looked_for = [name.encode() for name in names]
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    return [path for path in files if any(name in content for content in [path.read_bytes()] for name in looked_for)]


class Finder:
    """Finds a person's names in texts, but not inside the longer names of others."""

    def __init__(self, names: list[str], others: list[str]) -> None:
        longer = [other for other in others if any(name in other for name in names)]
        parts = [
            "|".join(map(_pattern, sorted(longer, key=len, reverse=True))) or "(?!)",
            "|".join(map(_pattern, names)),
        ]
        self._found = re.compile("(?P<other>{})|(?P<name>{})".format(*parts))

    def within(self, value: object) -> bool:
        """Tell whether a JSON value holds one of the names."""
        if isinstance(value, str):
            return any(found["name"] for found in self._found.finditer(value))
        if isinstance(value, list):
            return any(map(self.within, value))
        return isinstance(value, dict) and any(map(self.within, value.values()))

    def without(self, value: Any) -> Any:  # noqa: ANN401 - any JSON
        """Return a JSON value with a blank in place of the names."""
        if isinstance(value, str):
            return self._found.sub(lambda found: found["other"] or BLANK, value)
        if isinstance(value, list):
            return [self.without(part) for part in value]
        return value


def _pattern(name: str) -> str:
    """Return a pattern for a name as people type it: with spaces between Chinese characters, any dot and bracket."""
    if name.isascii():
        return rf"\b{re.escape(name)}\b"
    if len(name) == 1:
        return rf"(?<!\w){name}(?!\w)"
    plain = [_ALIKE.get(char, re.escape(char)) for char in name if not char.isspace()]
    return r"\s*".join(plain)


def _look(plan: Purge, finder: Finder, where: Where, body: Mapping[str, Any], details: Mapping[str, Any]) -> None:
    """Note what one operation of a line ever said of the person."""
    table, key = where
    if table in OWN_TABLES and any(body.get(field) in plan.own["members"] for field in PERSON_FIELDS):
        plan.own.setdefault(table, set()).add(key)
    fields = {name for name, value in body.items() if finder.within(value) or _links(plan, table, name, value)}
    if table == "sessions" and body.get("speaker_member") == plan.member.id and "speaker" in body:
        fields.add("speaker")
    if any(map(finder.within, details.values())):
        fields.add(DETAILS)
    if fields:
        plan.fields.setdefault(where, set()).update(fields)


def _links(plan: Purge, table: str, name: str, value: object) -> bool:
    """Tell whether a field of another document holds the member's id."""
    return (table, name) in _LINKS and (
        value == plan.member.id or (isinstance(value, list) and plan.member.id in value)
    )


def _replace(plan: Purge, finder: Finder, where: Where, document: Mapping[str, Any]) -> None:
    """Note what comes in place of a document's present values that name the person."""
    table, _key = where
    changed: dict[str, Any] = {}
    for name, value in document.items():
        if _links(plan, table, name, value):
            changed[name] = [one for one in value if one != plan.member.id] or None if isinstance(value, list) else None
        elif finder.within(value):
            changed[name] = _left(finder.without(value)) if name in _PERSON else finder.without(value)
    if "speaker_member" in changed and fold(str(document.get("speaker") or "")) == fold(plan.member.name):
        changed["speaker"] = None
    if changed:
        plan.values[where] = {**plan.values.get(where, {}), **changed}
        plan.fields.setdefault(where, set()).update(changed)


def _left(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return what is left of names when one was blanked: None if that was all."""
    if isinstance(value, list):
        return [part for part in value if part.strip() != BLANK] or None
    return None if value.strip() == BLANK else value
