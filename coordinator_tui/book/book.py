"""One open book: its collections, its steps, its term and group, undo."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeAlias, TypeVar
from weakref import WeakMethod

from coordinator_tui.book import places
from coordinator_tui.book.collection import Collection
from coordinator_tui.book.damage import unusable
from coordinator_tui.book.errors import NoSuchThing
from coordinator_tui.book.settings import Settings
from coordinator_tui.domain import records
from coordinator_tui.domain.codec import to_json
from coordinator_tui.domain.vocabulary import GroupKind
from coordinator_tui.store import Changes, Store
from coordinator_tui.store.clock import system_ms
from coordinator_tui.text import clean, lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import TracebackType

    from coordinator_tui.book.history import HistoryLine, StepReport
    from coordinator_tui.store import Transaction

T = TypeVar("T")
Watcher: TypeAlias = "Callable[[str, Iterable[int] | None], None]"


class Writing:
    """An open step: writes go to the store's transaction, and the caches of what they touch are dropped at once."""

    def __init__(self, book: Book, transaction: Transaction) -> None:
        self._book = book
        self._transaction = transaction
        self.touched: set[tuple[str, int]] = set()

    def set(self, table: str, identity: int, fields: dict[str, Any]) -> None:
        """Create a document or write these fields of it (JSON values)."""
        self._transaction.set(table, identity, fields)
        self._touch(table, identity)

    def unset(self, table: str, identity: int, fields: Sequence[str]) -> None:
        """Take fields away from a document."""
        self._transaction.unset(table, identity, fields)
        self._touch(table, identity)

    def delete(self, table: str, identity: int) -> None:
        """Delete a document."""
        self._transaction.delete(table, identity)
        self._touch(table, identity)

    def _touch(self, table: str, identity: int) -> None:
        self.touched.add((table, identity))
        self._book.touch(table, (identity,))


@dataclass(slots=True)
class _Derived:
    """A value computed from tables, with the states of the tables it was computed from."""

    states: tuple[int, ...]
    value: Any


class Book:
    """One group's (or school's) book. Made by `Book.create` or `Book.open`; a context manager that closes it.

    It belongs to one thread; what it hands out is immutable and may go anywhere.
    """

    def __init__(self, store: Store, *, today: date | None = None, clock: Callable[[], int] = system_ms) -> None:
        self.store = store
        self._clock = clock
        self._turning = False
        self._today = today
        self.members = Collection(self, records.Member)
        self.groups = Collection(self, records.Group)
        self.memberships = Collection(self, records.Membership)
        self.terms = Collection(self, records.Term)
        self.calendar = Collection(self, records.CalendarDay)
        self.series = Collection(self, records.Series)
        self.sessions = Collection(self, records.Session)
        self.attendance = Collection(self, records.Attendance)
        self.leaves = Collection(self, records.Leave)
        self.assignments = Collection(self, records.Assignment)
        self.work = Collection(self, records.Work)
        self.readings = Collection(self, records.Reading)
        self.texts = Collection(self, records.Text)
        self.trainings = Collection(self, records.Training)
        self.pairs = Collection(self, records.Pair)
        self.placements = Collection(self, records.Placement)
        self.achievements = Collection(self, records.Achievement)
        self.entries = Collection(self, records.Entry)
        self.packs = Collection(self, records.AdoptedPack)
        self.settings = Settings(self)
        collections: tuple[Collection[Any], ...] = (
            self.members, self.groups, self.memberships, self.terms, self.calendar, self.series, self.sessions,
            self.attendance, self.leaves, self.assignments, self.work, self.readings, self.texts, self.trainings,
            self.pairs, self.placements, self.achievements, self.entries, self.packs,
        )  # fmt: skip
        self.collections = {collection.table: collection for collection in collections}
        self._watchers: list[WeakMethod[Watcher]] = []
        self._indexes: dict[str, dict[str, tuple[Any, Callable[[Book, Any, Iterable[int]], None]]]] = {}
        self._states: dict[str, int] = {}
        self._derived: dict[object, _Derived] = {}
        self._seen = store.version
        self._news: dict[str, set[int]] = {}
        self._writing: Writing | None = None

    # opening and closing

    @classmethod
    def create(
        cls,
        folder: Path | str,
        *,
        school: str = "",
        group: str | None = None,
        term: str | None = None,
        user: str | None = None,
        today: date | None = None,
        group_kind: GroupKind = GroupKind.TEACHING_RESEARCH,
        clock: Callable[[], int] | None = None,
        remember: bool = True,
    ) -> Book:
        """Return a new book in `folder` (which is made), with its school, first group and term, as one step.

        BookUnusable when there is a book already or the folder cannot be written; Refused for a bad term code.
        `clock` gives the milliseconds since 1970 that the log notes (the system's, if None); `remember` lets it
        be the book that opens next time.
        """
        from coordinator_tui.book.groups import add_group
        from coordinator_tui.book.terms import add_term, check_code

        group = clean(group or "").strip()
        if term:
            check_code(term)
        folder = Path(folder)
        with unusable(folder):
            store = Store.create(folder, folder.stem, user=_acting(user), clock=clock or system_ms)
        book = cls(store, today=today, clock=clock or system_ms)
        with book.step("book.create", school=school):
            if school:
                book.settings.set("school", school)
            if group:
                book.settings.set("default_group", add_group(book, group, kind=group_kind).id)
            if term:
                add_term(book, term)
        if remember:
            places.remember(folder)
        return book

    @classmethod
    def open(
        cls,
        folder: Path | str,
        *,
        user: str | None = None,
        today: date | None = None,
        read_only: bool = False,
        clock: Callable[[], int] | None = None,
        remember: bool = True,
    ) -> Book:
        """Return the book in `folder`; BookUnusable with one sentence when it cannot be opened."""
        folder = Path(folder)
        with unusable(folder):
            store = Store.open(folder, user=_acting(user), read_only=read_only, clock=clock or system_ms)
        if remember:
            places.remember(folder)
        return cls(store, today=today, clock=clock or system_ms)

    def close(self) -> None:
        """Write what is derived, and let go of the folder."""
        with unusable(self.folder):
            self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # what it is

    @property
    def folder(self) -> Path:
        """Where the book lies."""
        return self.store.folder

    @property
    def name(self) -> str:
        """The book's name, as it was called when it was made."""
        return self.store.name

    @property
    def school(self) -> str:
        """The school's name, "" if nobody said."""
        return self.settings.text("school")

    @property
    def user(self) -> str:
        """Who is acting."""
        return self.store.user

    @property
    def today(self) -> date:
        """The day it is: the one given with `--at`, else the clock's."""
        return self._today or datetime.now().astimezone().date()

    @property
    def now(self) -> datetime:
        """The moment it is by the clock of the log (UTC)."""
        return datetime.fromtimestamp(self._clock() / 1000, UTC)

    @property
    def is_writing(self) -> bool:
        """Whether what changes at this moment is our own step, and not what somebody else wrote."""
        return self._writing is not None or self._turning

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self.store.read_only

    @property
    def version(self) -> int:
        """Grows with every change, our own or somebody else's."""
        return self.store.version

    @property
    def term(self) -> records.Term:
        """The current term: the one chosen, else today's, else the last that began. NoSuchThing if there is none."""
        from coordinator_tui.book.terms import current_term

        return current_term(self)

    @property
    def group(self) -> records.Group:
        """The group meant unless another is named: the one chosen, else the first. NoSuchThing if there is none."""
        chosen = self.groups.find(self.settings.number("default_group"))
        if chosen is not None:
            return chosen
        first = next(iter(sorted(self.groups.all(), key=lambda group: (group.name, group.id))), None)
        if first is None:
            raise NoSuchThing(lazy("The book has no group yet; add one with “coordinator-tui groups add NAME”."))
        return first

    # writing

    @contextmanager
    def step(self, code: str, /, **details: object) -> Iterator[Writing]:
        """One step of the user: everything written inside is one transaction, one line of the log, one undo.

        A step inside a step joins it, so that use cases can be built from others. `code` is a key of `steps.STEPS`;
        `details` fill its title. Nothing is written when the block raises.
        """
        if self._writing is not None:
            yield self._writing
            return
        self._take_in()
        told = {name: to_json(value) for name, value in details.items() if value is not None}
        try:
            with unusable(self.folder), self.store.transaction(code, **told) as transaction:
                self.synchronise()  # the lock may have brought lines that came in this very moment
                writing = self._writing = Writing(self, transaction)
                yield writing
        except BaseException:
            self._end(failed=True)
            raise
        self._end(failed=False)

    def _end(self, *, failed: bool) -> None:
        writing, self._writing = self._writing, None
        if writing is not None:
            self._seen = self.store.version  # nobody else writes while the lock is held
            for table, identity in writing.touched if failed else ():
                self.touch(table, (identity,))

    # seeing

    def synchronise(self) -> None:
        """Drop every cache if the store changed behind our back (its TinyDB face, others' lines)."""
        if self._seen != self.store.version and self._writing is None:
            self._seen = self.store.version
            for table in self.collections:
                self._news.setdefault(table, set()).update(self.store.documents(table))
                self.touch(table, None)

    def refresh(self) -> Changes:
        """Take in what others wrote; cheap when nothing came. `.touched` maps each table to the ids that changed.

        Changes that came with a step of our own since the last refresh are told as well.
        """
        self._take_in()
        news, self._news = self._news, {}
        return Changes(news)

    def _take_in(self) -> None:
        self.synchronise()
        with unusable(self.folder):
            changes = self.store.refresh()
        self._seen = self.store.version  # first, so that whoever is told of a change reads on without a new start
        for table, ids in changes.touched.items():
            self._news.setdefault(table, set()).update(ids)
            self.touch(table, ids)

    @contextmanager
    def turning(self) -> Iterator[tuple[Transaction, dict[str, set[int]]]]:
        """Undo or redo inside this block: the open transaction, and a place to note the documents that were touched."""
        self._take_in()
        touched: dict[str, set[int]] = {}
        with unusable(self.folder), self.store.transaction() as transaction:
            self.synchronise()
            yield transaction, touched
        self._seen = self.store.version
        self._turning = True
        try:
            for table, ids in touched.items():
                self.touch(table, ids)
        finally:
            self._turning = False

    def touch(self, table: str, ids: Iterable[int] | None) -> None:
        """Drop what is cached of these documents of a table (all of it for None)."""
        self._states[table] = self._states.get(table, 0) + 1
        collection = self.collections.get(table)
        if ids is None:
            self._indexes.pop(table, None)
            if collection is not None:
                collection.forget()
        else:
            if collection is not None:
                collection.touch(ids)
            for index, update in self._indexes.get(table, {}).values():
                update(self, index, ids)
        for reference in self._watchers:
            watcher = reference()
            if watcher is not None:
                watcher(table, ids)

    def watch(self, watcher: Watcher) -> None:
        """Call the bound method `watcher(table, ids)` whenever documents change (ids None: any of them may have).

        The book does not keep the method's object alive.
        """
        self._watchers = [reference for reference in self._watchers if reference() is not None]
        self._watchers.append(WeakMethod(watcher))

    def derived(self, key: object, tables: Sequence[str], compute: Callable[[], T]) -> T:
        """`compute()`, kept under `key` until one of the `tables` changes."""
        self.synchronise()
        states = tuple([self._states.get(table, 0) for table in tables])
        known = self._derived.get(key)
        if known is None or known.states != states:
            known = self._derived[key] = _Derived(states, compute())
        value: T = known.value
        return value

    def index(
        self, table: str, key: str, build: Callable[[], T], update: Callable[[Book, T, Iterable[int]], None]
    ) -> T:
        """Return an index of a table: built when first asked for, then updated with the ids that change."""
        self.synchronise()
        indexes = self._indexes.setdefault(table, {})
        if key not in indexes:
            indexes[key] = (build(), update)
        index: T = indexes[key][0]
        return index

    # undo and history

    def undo(self) -> StepReport | None:
        """Take back the last step of this user on this machine; None when there is none."""
        from coordinator_tui.book.history import undo

        return undo(self)

    def redo(self) -> StepReport | None:
        """Do again the step taken back last; None when there is none."""
        from coordinator_tui.book.history import redo

        return redo(self)

    def history(
        self, table: str | None = None, identity: int | None = None, *, limit: int | None = None
    ) -> list[HistoryLine]:
        """Who changed what, newest first: of everything, of a table, or of one thing."""
        from coordinator_tui.book.history import history

        return history(self, table, identity, limit=limit)


def _acting(user: str | None) -> str:
    return clean(user or "").strip() or places.login_name()
