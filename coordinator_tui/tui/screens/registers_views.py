"""The sections of the registers: which columns each has, what stands in them, and what can be done to a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from coordinator_tui.book import achievements, entries, pairs, placements, trainings
from coordinator_tui.book.members import name_of
from coordinator_tui.book.registers import figure_words
from coordinator_tui.domain.vocabulary import AchievementKind, EntryKind, PlacementForm, TrainingArea, title
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, matches, pgettext
from coordinator_tui.tui.screens import registers_forms as forms
from coordinator_tui.tui.widgets.linelist import Column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from enum import StrEnum

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Term
    from coordinator_tui.text import LazyText
    from coordinator_tui.tui.styles import Look
    from coordinator_tui.tui.widgets.form import FormDialog


@dataclass(slots=True)
class Limits:
    """What is left out: all but a term, a member, a kind, and what a text finds."""

    term: Term | None = None
    member: int | None = None
    kind: StrEnum | None = None
    text: str = ""

    @property
    def any(self) -> bool:
        """Whether anything is left out."""
        return bool(self.term or self.member is not None or self.kind or self.text)


class Section:
    """One register on the screen."""

    table: ClassVar[str]
    title: ClassVar[LazyText]
    empty: ClassVar[LazyText]
    kinds: ClassVar[Sequence[StrEnum]] = ()
    can_end: ClassVar[bool] = False

    def columns(self) -> list[Column]:
        """Return the columns."""
        raise NotImplementedError

    def found(self, book: Book, limits: Limits) -> Iterable[Any]:
        """Return the records within the limits, but for the text, the latest first."""
        raise NotImplementedError

    def cells(self, book: Book, record: Any) -> Sequence[str | tuple[str, Look]]:  # noqa: ANN401 - the section's
        """Return the cells of a record."""
        raise NotImplementedError

    def words(self, book: Book, record: Any) -> str:  # noqa: ANN401 - the section's
        """Return a record in a few words."""
        raise NotImplementedError

    def form(self, book: Book, record: Any, limits: Limits, done: Callable[[Any], None]) -> FormDialog:  # noqa: ANN401 - the section's
        """Return the form of a record, of a new one for None."""
        raise NotImplementedError

    def remove(self, book: Book, number: int) -> None:
        """Remove a record."""
        raise NotImplementedError

    def end(self, book: Book, record: Any, done: Callable[[Any], None]) -> FormDialog:  # noqa: ANN401 - the section's
        """Return the form that ends a record."""
        raise NotImplementedError

    def people(self, record: Any) -> list[int]:  # noqa: ANN401 - the section's
        """Return the members whom a record is about."""
        return [] if record.member is None else [record.member]

    def rows(self, book: Book, limits: Limits) -> list[int]:
        """Return the ids of the records within the limits."""
        return [
            record.id
            for record in self.found(book, limits)
            if not limits.text or matches(limits.text, *self._finding(book, record)) is not None
        ]

    def _finding(self, book: Book, record: Any) -> list[str]:  # noqa: ANN401 - the section's
        """Return the words that find a record."""
        texts = (getattr(record, field, None) for field in ("title", "host_school", "issuer", "organiser", "kind"))
        return [*(name_of(book, member) for member in self.people(record)), *(str(text) for text in texts if text)]

    def note(self, book: Book, rows: Sequence[int]) -> str:  # noqa: ARG002 - most have none
        """Return what is still missing in the rows that are shown, "" for nothing."""
        return ""


class Trainings(Section):
    """Who studied where, and whether it was reported and relayed."""

    table = "trainings"
    title = lazy("Trainings")
    empty = lazy("No training here: a adds one.")
    kinds = tuple(TrainingArea)

    def columns(self) -> list[Column]:
        """Return the columns."""
        return [
            Column("name", lazy("name"), 12),
            Column("title", lazy("training"), 0, least=24),
            Column("start", lazy("from"), 10),
            Column("until", lazy("until"), 10, drop=2),
            Column("hours", lazy("hours"), 5, "right"),
            Column("area", lazy("subject area"), 20, drop=4),
            Column("level", lazy("award level"), 14, drop=3),
            Column("report", lazy("report"), 8),
            Column("relay", lazy("relayed"), 8),
            Column("organiser", lazy("organiser"), 16, drop=5),
        ]

    def found(self, book: Book, limits: Limits) -> Iterable[Any]:
        """Return trainings."""
        area = TrainingArea(limits.kind) if limits.kind else None
        return trainings.trainings_of(book, term=limits.term, member=limits.member, area=area)

    def cells(self, book: Book, record: Any) -> Sequence[str | tuple[str, Look]]:  # noqa: ANN401 - a training
        """Return the cells of a training."""

        def done(among: set[int]) -> tuple[str, Look]:
            return (_("yes"), "good") if record.id in among else (pgettext("after a training", "missing"), "warn")

        return (
            name_of(book, record.member),
            record.title,
            record.start.isoformat(),
            record.until.isoformat() if record.until else "",
            figure_words(record.hours),
            title(record.area),
            title(record.level),
            done(trainings.reported(book)),
            done(trainings.relayed(book)),
            (record.organiser or "", "quiet"),
        )

    def words(self, book: Book, record: Any) -> str:  # noqa: ANN401 - a training
        """Return a training in a few words."""
        return trainings.training_words(book, record)

    def form(self, book: Book, record: Any, limits: Limits, done: Callable[[Any], None]) -> FormDialog:  # noqa: ANN401, ARG002 - a training
        """Return the form of a training."""
        return forms.training_form(book, record, done=done)

    def remove(self, book: Book, number: int) -> None:
        """Remove a training."""
        trainings.remove_training(book, number)

    def note(self, book: Book, rows: Sequence[int]) -> str:
        """Return how many trainings lack a report or were not relayed."""
        report, relay = (len(set(rows) - among) for among in (trainings.reported(book), trainings.relayed(book)))
        if not report and not relay:
            return ""
        return _("without a report: {report}, not relayed: {relay}").format(report=report, relay=relay)


class Pairs(Section):
    """Mentors and apprentices."""

    table = "pairs"
    title = lazy("Pairs")
    empty = lazy("No pair here: a makes one.")
    can_end = True

    def columns(self) -> list[Column]:
        """Return the columns."""
        return [
            Column("mentor", lazy("mentor"), 16),
            Column("apprentice", lazy("apprentice"), 16),
            Column("kind", lazy("kind of pair"), 0, least=10),
            Column("start", lazy("from"), 10),
            Column("until", lazy("until"), 10),
            Column("note", lazy("note"), 0, drop=1, least=10),
        ]

    def found(self, book: Book, limits: Limits) -> Iterable[Any]:
        """Return pairs."""
        return pairs.pairs_of(book, term=limits.term, member=limits.member)

    def cells(self, book: Book, record: Any) -> Sequence[str | tuple[str, Look]]:  # noqa: ANN401 - a pair
        """Return the cells of a pair; one that has ended is quiet."""
        look: Look = "quiet" if record.until is not None and record.until < book.today else "plain"
        texts = (
            name_of(book, record.mentor), name_of(book, record.apprentice), record.kind or "",
            str(record.start or ""), str(record.until or ""), record.note or "",
        )  # fmt: skip
        return [(text, look) for text in texts]

    def words(self, book: Book, record: Any) -> str:  # noqa: ANN401 - a pair
        """Return a pair in a few words."""
        return pairs.pair_names(book, record)

    def form(self, book: Book, record: Any, limits: Limits, done: Callable[[Any], None]) -> FormDialog:  # noqa: ANN401, ARG002 - a pair
        """Return the form of a pair."""
        return forms.pair_form(book, record, done=done)

    def remove(self, book: Book, number: int) -> None:
        """Remove a pair."""
        pairs.remove_pair(book, number)

    def end(self, book: Book, record: Any, done: Callable[[Any], None]) -> FormDialog:  # noqa: ANN401 - a pair
        """Return the form that ends a pair."""
        heading = _("End the pair {names}").format(names=self.words(book, record))
        return forms.end_form(book, heading, lambda until: pairs.end_pair(book, record.id, until=until), done=done)

    def people(self, record: Any) -> list[int]:  # noqa: ANN401 - a pair
        """Return both."""
        return [record.mentor, record.apprentice]


class Placements(Section):
    """Who teaches at another school."""

    table = "placements"
    title = lazy("Exchange")
    empty = lazy("Nobody is placed at another school: a places somebody.")
    kinds = tuple(PlacementForm)
    can_end = True

    def columns(self) -> list[Column]:
        """Return the columns."""
        return [
            Column("name", lazy("name"), 12),
            Column("host", lazy("host school"), 0, least=14),
            Column("form", lazy("form of exchange"), 24),
            Column("start", lazy("from"), 10),
            Column("until", lazy("until"), 10),
            Column("home", lazy("home school"), 0, drop=2, least=14),
            Column("note", lazy("note"), 12, drop=3),
        ]

    def found(self, book: Book, limits: Limits) -> Iterable[Any]:
        """Return placements."""
        form = PlacementForm(limits.kind) if limits.kind else None
        return placements.placements_of(book, term=limits.term, member=limits.member, form=form)

    def cells(self, book: Book, record: Any) -> Sequence[str | tuple[str, Look]]:  # noqa: ANN401 - a placement
        """Return the cells of a placement; one that has ended is quiet."""
        look: Look = "quiet" if record.until is not None and record.until < book.today else "plain"
        texts = (
            name_of(book, record.member), record.host_school or "", title(record.form), str(record.start),
            str(record.until or ""), record.home_school or "", record.note or "",
        )  # fmt: skip
        return [(text, look) for text in texts]

    def words(self, book: Book, record: Any) -> str:  # noqa: ANN401 - a placement
        """Return a placement in a few words."""
        return placements.placement_words(book, record)

    def form(self, book: Book, record: Any, limits: Limits, done: Callable[[Any], None]) -> FormDialog:  # noqa: ANN401, ARG002 - a placement
        """Return the form of a placement."""
        return forms.placement_form(book, record, done=done)

    def remove(self, book: Book, number: int) -> None:
        """Remove a placement."""
        placements.remove_placement(book, number)

    def end(self, book: Book, record: Any, done: Callable[[Any], None]) -> FormDialog:  # noqa: ANN401 - a placement
        """Return the form that ends a placement."""
        heading = _("{name} comes back").format(name=name_of(book, record.member))
        return forms.end_form(
            book, heading, lambda until: placements.end_placement(book, record.id, until=until), done=done
        )


class Achievements(Section):
    """Papers, projects, awards."""

    table = "achievements"
    title = lazy("Achievements")
    empty = lazy("No achievement here: a registers one.")
    kinds = tuple(AchievementKind)

    def columns(self) -> list[Column]:
        """Return the columns."""
        return [
            Column("name", lazy("name"), 12),
            Column("title", lazy("achievement"), 0, least=17),
            Column("kind", lazy("kind"), 12, most=26),
            Column("level", lazy("award level"), 14, drop=1),
            Column("grade", lazy("award grade"), 11, drop=4),
            Column("date", lazy("date"), 10),
            Column("original", lazy("original"), 8),
            Column("archive", lazy("archive"), 8, drop=2),
            Column("issuer", lazy("issued by"), 16, drop=5),
        ]

    def found(self, book: Book, limits: Limits) -> Iterable[Any]:
        """Return achievements."""
        kind = AchievementKind(limits.kind) if limits.kind else None
        return achievements.achievements_of(book, term=limits.term, member=limits.member, kind=kind)

    def cells(self, book: Book, record: Any) -> Sequence[str | tuple[str, Look]]:  # noqa: ANN401 - an achievement
        """Return the cells of an achievement."""
        seen: tuple[str, Look] = (_("checked"), "good") if record.original_checked else (_("not seen"), "warn")
        return (
            name_of(book, record.member),
            record.title,
            title(record.kind),
            title(record.level),
            record.grade or "",
            record.date.isoformat(),
            seen,
            record.archive or "",
            (record.issuer or "", "quiet"),
        )

    def words(self, book: Book, record: Any) -> str:  # noqa: ANN401 - an achievement
        """Return an achievement in a few words."""
        return achievements.achievement_words(book, record)

    def form(self, book: Book, record: Any, limits: Limits, done: Callable[[Any], None]) -> FormDialog:  # noqa: ANN401, ARG002 - an achievement
        """Return the form of an achievement."""
        return forms.achievement_form(book, record, done=done)

    def remove(self, book: Book, number: int) -> None:
        """Remove an achievement."""
        achievements.remove_achievement(book, number)

    def note(self, book: Book, rows: Sequence[int]) -> str:
        """Return how many originals were not seen."""
        count = sum(not book.achievements.get(row).original_checked for row in rows)
        return _("originals not seen: {count}").format(count=count) if count else ""


class Entries(Section):
    """The register's other lines."""

    table = "entries"
    title = lazy("Other lines")
    empty = lazy("No line here: a adds one.")
    kinds = tuple(EntryKind)

    def columns(self) -> list[Column]:
        """Return the columns."""
        return [
            Column("date", lazy("date"), 10),
            Column("kind", lazy("kind"), 20, most=24),
            Column("title", lazy("title"), 0, least=17),
            Column("name", lazy("name"), 12),
            Column("figure", lazy("figure"), 14, drop=1),
            Column("outcome", lazy("outcome"), 0, drop=3, least=14),
            Column("due", lazy("due"), 10, drop=2),
        ]

    def found(self, book: Book, limits: Limits) -> Iterable[Any]:
        """Return lines."""
        kind = EntryKind(limits.kind) if limits.kind else None
        return entries.entries_of(book, term=limits.term, member=limits.member, kind=kind)

    def cells(self, book: Book, record: Any) -> Sequence[str | tuple[str, Look]]:  # noqa: ANN401 - an entry
        """Return the cells of a line; what is due and not done stands out."""
        late = record.due is not None and record.done_on is None and record.due < book.today
        due = pgettext("what was due", "done") if record.due and record.done_on else str(record.due or "")
        group = book.groups.find(record.group) if record.group is not None else None
        return (
            record.date.isoformat(),
            title(record.kind),
            record.title or "",
            name_of(book, record.member) or ((group.name if group else ""), "quiet"),
            _figures(record.value, record.before, record.count),
            record.outcome or record.note or "",
            (due, "bad" if late else "plain"),
        )

    def words(self, book: Book, record: Any) -> str:  # noqa: ANN401 - an entry
        """Return a line in a few words."""
        return entries.entry_words(book, record)

    def form(self, book: Book, record: Any, limits: Limits, done: Callable[[Any], None]) -> FormDialog:  # noqa: ANN401 - an entry
        """Return the form of a line."""
        return forms.entry_form(book, record, EntryKind(limits.kind) if limits.kind else None, done=done)

    def remove(self, book: Book, number: int) -> None:
        """Remove a line."""
        entries.remove_entry(book, number)


def _figures(value: float | None, before: float | None, count: int | None) -> str:
    """Return "85 > 92 (28)": before, now, of how many."""
    shown = " > ".join(figure_words(figure) for figure in (before, value) if figure is not None)
    return " ".join(part for part in (shown, f"({count})" if count is not None else "") if part)


def sections() -> tuple[Section, ...]:
    """Return the registers in their order on the screen."""
    return (Trainings(), Pairs(), Placements(), Achievements(), Entries())
