"""The registers of the demo group: written week by week, like everything in it, and without any chance."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from coordinator_tui.book import achievements, entries, pairs, placements, schedule, trainings
from coordinator_tui.domain.vocabulary import AchievementKind, AwardLevel, EntryKind, PlacementForm, TrainingArea

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Member, Session, Training


class DemoRegisters:
    """Writes what `script` has for a week; `say` chooses the language, `people` are the members by number."""

    def __init__(
        self, script: dict[str, Any], say: Callable[[dict[str, Any]], Any], people: Sequence[Member], monday: date
    ) -> None:
        self.script, self.say, self.people, self.monday = script, say, people, monday
        self._trainings: list[tuple[dict[str, Any], Training]] = []

    def write(self, book: Book, week: int) -> None:
        """Write what belongs to week `week` (1 is the first) into the book."""
        writers = {
            "trainings": self._training, "pairs": self._pair, "placements": self._placement,
            "achievements": self._achievement, "entries": self._entry,
        }  # fmt: skip
        for register, write in writers.items():
            for entry in self.script[register]:
                if entry["week"] == week:
                    write(book, entry)
        self._relay(book, week)

    def _day(self, week: int, day: int = 0) -> date:
        return self.monday + timedelta(weeks=week - 1, days=day)

    def _member(self, number: int) -> int:
        return self.people[number - 1].id

    def _text(self, entry: dict[str, Any], field: str) -> str | None:
        text: str | None = self.say(entry[field]) if field in entry else None
        return text

    def _session(self, book: Book, week: int) -> Session | None:
        """Return the group's session of a week, if it took place."""
        first, last = self._day(week), self._day(week, 6)
        live = (one for one in schedule.sessions_of(book, group=book.group.id) if one.status in schedule.LIVE)
        return next((session for session in live if first <= session.date <= min(last, book.today)), None)

    def _training(self, book: Book, entry: dict[str, Any]) -> None:
        first = self._day(entry["week"])
        training = trainings.add_training(
            book, self._member(entry["member"]), self.say(entry), start=first,
            until=first + timedelta(days=entry["days"] - 1), hours=entry["hours"], area=TrainingArea(entry["area"]),
            level=AwardLevel(entry["level"]), organiser=self._text(entry, "organiser"), missed=entry.get("missed"),
        )  # fmt: skip
        self._trainings.append((entry, training))

    def _relay(self, book: Book, week: int) -> None:
        for entry, training in self._trainings:
            if entry.get("relayed") == week:
                session = self._session(book, week)
                day = session.date if session else self._day(week, 2)
                number = session.id if session else None
                trainings.relay_training(book, training.id, date=max(day, training.start), session=number)

    def _pair(self, book: Book, entry: dict[str, Any]) -> None:
        pairs.add_pair(
            book, self._member(entry["mentor"]), self._member(entry["apprentice"]), start=self._day(entry["week"]),
            kind=self._text(entry, "kind"), note=self._text(entry, "note"),
        )  # fmt: skip

    def _placement(self, book: Book, entry: dict[str, Any]) -> None:
        placements.place_member(
            book, self._member(entry["member"]), host_school=self._text(entry, "host"),
            form=PlacementForm(entry["form"]), start=self._day(entry["week"]),
            until=self._day(entry["week"] + entry["weeks"], -3),
        )  # fmt: skip

    def _achievement(self, book: Book, entry: dict[str, Any]) -> None:
        achievements.add_achievement(
            book, self._member(entry["member"]), self.say(entry), kind=AchievementKind(entry["kind"]),
            date=self._day(entry["week"], 1), level=AwardLevel(entry["level"]), grade=self._text(entry, "grade"),
            issuer=self._text(entry, "issuer"), number=entry.get("number"), archive=entry.get("archive"),
            original_checked=entry.get("original", False),
        )  # fmt: skip

    def _entry(self, book: Book, entry: dict[str, Any]) -> None:
        session = self._session(book, entry["week"]) if entry.get("at_session") else None
        placement = None
        if "placement_of" in entry:
            (placement, *_others) = placements.placements_of(book, member=self._member(entry["placement_of"]))
        entries.add_entry(
            book, EntryKind(entry["kind"]), date=session.date if session else self._day(entry["week"], 3),
            title=self.say(entry), member=self._member(entry["member"]) if "member" in entry else None,
            session=session.id if session else None, placement=placement.id if placement else None,
            value=entry.get("value"), before=entry.get("before"), count=entry.get("count"),
            due=self._day(entry["due_week"], 4) if "due_week" in entry else None,
            outcome=self._text(entry, "outcome"),
        )  # fmt: skip
