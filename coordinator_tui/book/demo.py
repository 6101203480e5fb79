"""The demo group: fictional teachers and a term of data around the day it is made, written through the use cases.

Each entry is made at the time at which it would have been, by those who would have made it, so that history, late
entries and lists look as they do in a book that is ten weeks old.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from coordinator_tui.book import (
    calendar,
    groups,
    leaves,
    members,
    places,
    readings,
    rules,
    schedule,
    series,
    terms,
    work,
)
from coordinator_tui.book.book import Book
from coordinator_tui.book.damage import unusable
from coordinator_tui.book.demo_registers import DemoRegisters
from coordinator_tui.book.pile import pile
from coordinator_tui.book.roll import RollCall
from coordinator_tui.book.shipped import shipped
from coordinator_tui.book.texts import set_text
from coordinator_tui.domain.terms import term_code_on
from coordinator_tui.domain.vocabulary import (
    GroupKind,
    LeaveStatus,
    Level,
    Mark,
    ReadingKind,
    Role,
    SessionKind,
    WorkKind,
)
from coordinator_tui.store import Store

if TYPE_CHECKING:
    from coordinator_tui.domain.records import Assignment, Member, Session

WEEKS_GONE = 10
"""How many weeks of the demo's term lie behind the day on which it is made."""
_EXCEPTIONS = (Mark.LATE, Mark.LATE, Mark.SICK, Mark.PERSONAL, Mark.OFFICIAL, Mark.LEFT_EARLY, Mark.ABSENT)


@dataclass
class _Clock:
    """The time at which the next entries are made, in milliseconds since 1970; moves on a little with each look."""

    now: int = 0

    def set(self, day: date, at: str) -> None:
        moment = datetime.combine(day, time.fromisoformat(at)).astimezone(UTC)
        self.now = max(self.now + 1, int(moment.timestamp() * 1000))

    def __call__(self) -> int:
        self.now += 1500
        return self.now


def write_demo(folder: Path | str, *, language: str, today: date) -> Path:
    """Make the demo book in `folder` in a language ("zh" or "en"), as if `today` lay in the middle of a term.

    BookUnusable when there is a book already or the folder cannot be written. Returns the folder.
    """
    folder = Path(folder)
    demo = _Demo(folder, "en" if language == "en" else "zh", today)
    try:
        demo.write()
    finally:
        with unusable(folder):
            demo.store.close()
    places.remember(folder)
    return folder


class _Demo:
    """One making of the demo."""

    def __init__(self, folder: Path, language: str, today: date) -> None:
        import yaml

        self.language = language
        self.today = today
        self.script: dict[str, Any] = yaml.safe_load(shipped("data/demo.yaml").read_text(encoding="utf-8"))
        self.random = Random(31)  # noqa: S311 - the same demo every time, nothing secret
        self.clock = _Clock()
        self.monday = today - timedelta(days=today.weekday(), weeks=WEEKS_GONE - 1)
        self.clock.set(self.monday - timedelta(days=5), "09:10")
        with unusable(folder):
            self.store = Store.create(folder, folder.stem, user=self.say(self.script["members"][0]), clock=self.clock)
        self.people: list[Member] = []
        self.group = 0
        self.groups: dict[str, int] = {}

    def say(self, both: dict[str, Any]) -> Any:  # noqa: ANN401 - a text, or a list of them
        """Choose the text of the demo's language."""
        return both[self.language]

    def at(self, day: date, clock: str, *, by: int = 0) -> Book:
        """Put the book into the hands of the member with that number on a day."""
        self.clock.set(day, clock)
        self.store.user = self.say(self.script["members"][by])
        return Book(self.store, today=day)

    def write(self) -> None:
        """Everything, in the order in which it happened."""
        self._found()
        self._gather()
        self._plan()
        self._adopt()
        self._recommend()
        assignments = self._assign()
        registers = DemoRegisters(self.script["registers"], self.say, self.people, self.monday)
        for week in range(WEEKS_GONE + 1):
            self._live(week, assignments)
            friday = self.monday + timedelta(weeks=week, days=4)
            if friday <= self.today:
                registers.write(self.at(friday, "17:30", by=0), week + 1)
        self._write_notes()
        self._look_ahead()

    # before the first week

    def _found(self) -> None:
        book = self.at(self.monday - timedelta(days=5), "09:12")
        for entry in self.script["groups"]:
            self.groups[entry["id"]] = groups.add_group(book, self.say(entry), kind=GroupKind(entry["kind"])).id
        self.group = self.groups["chinese"]
        with book.step("book.create", school=self.say(self.script["school"])):
            book.settings.set("school", self.say(self.script["school"]))
            book.settings.set("default_group", self.group)
        code = term_code_on(self.monday)
        until = self.monday + timedelta(weeks=len(self.script["sessions"]) + 1, days=-1)
        term = terms.add_term(book, code, start=self.monday, until=until, first_monday=self.monday)
        terms.use_term(book, code)
        calendar.ensure_calendar(book, term)

    def _gather(self) -> None:
        book = self.at(self.monday - timedelta(days=4), "10:05")
        for entry in self.script["members"]:
            known = {key: entry[key] for key in ("gender", "birth")}
            known |= {key: self._word(entry[key]) for key in ("subject", "stage", "title")}
            start = self._week(entry["joins_week"]) if "joins_week" in entry else None
            member = members.add_member(
                book, self.say(entry), level=Level(entry["level"]), joined_school=entry["joined"], **known
            )
            until = self._week(entry["leaves_week"]) if "leaves_week" in entry else None
            for group, role in entry["groups"].items():
                members.join_group(book, member.id, self.groups[group], role=Role(role), start=start, until=until)
            self.people.append(member)

    def _word(self, chinese: str) -> str:
        words: dict[str, str] = self.script["words"]
        return words[chinese] if self.language == "en" else chinese

    def _week(self, number: int) -> date:
        return self.monday + timedelta(weeks=number - 1)

    @property
    def weekday(self) -> int:
        """The day of the weekly slot, 1 to 5: today's, so that there is a roll to take; Wednesday at a weekend."""
        return self.today.isoweekday() if self.today.isoweekday() <= 5 else 3

    def _plan(self) -> None:
        book = self.at(self.monday - timedelta(days=4), "14:30")
        slot = self.script["series"]
        weekly = series.add_series(
            book, self.say(slot), kind=SessionKind.GROUP_RESEARCH, weekday=self.weekday, start=slot["start"],
            end=slot["end"], group=self.group, place=self.say(slot["place"]),
        )  # fmt: skip
        planned = series.commit_plan(book, series.preview_plan(book, weekly.id))
        for session, entry in zip(planned, self.script["sessions"], strict=False):
            self._describe(book, session, entry)

    def _adopt(self) -> None:
        """Put the school's regulation in force: a shipped pack, changed where the school does otherwise."""
        wanted = self.script["rules"]
        book = self.at(self.monday - timedelta(days=3), "09:40")
        rules.adopt(book, wanted["pack"], answers={**wanted["answers"], "study_day": self.weekday})
        text = rules.shipped_texts()[wanted["pack"]]
        for old, new in wanted["changes"]:
            if old not in text:
                raise LookupError(old)
            text = text.replace(old, new)
        rules.edit(book, wanted["pack"], text)

    def _describe(self, book: Book, session: Session, entry: dict[str, Any]) -> None:
        speaker = self.people[entry["speaker"] - 1] if entry.get("speaker") else None
        schedule.edit_session(
            book,
            session.id,
            kind=SessionKind(entry["kind"]),
            topic=self.say(entry),
            question=self.say(entry["question"]) if entry.get("question") else None,
            plan=self.say(entry) if entry.get("question") else None,
            speaker=speaker.name if speaker else None,
            speaker_member=speaker.id if speaker else None,
            host=self.people[0].name,
            recorder=self.people[2].name,
        )

    def _recommend(self) -> None:
        book = self.at(self.monday, "08:20")
        for number, entry in enumerate(self.script["readings"]):
            readings.add_reading(
                book, self.say(entry), kind=ReadingKind(entry["kind"]), author=self.say(entry["author"]),
                group=self.group, recommended_by=self.people[number].name, date=self._week(1 + 3 * number),
            )  # fmt: skip

    def _assign(self) -> list[Assignment]:
        """Ask for a reading note every month of the term, and for two lesson observations until its end."""
        book = self.at(self.monday, "08:40")
        texts = self.script["texts"]
        term = book.term
        made = []
        month = term.start.replace(day=1)
        while month <= term.until:
            following = (month + timedelta(days=32)).replace(day=1)
            due = min(following - timedelta(days=1), term.until)
            if (due - max(month, term.start)).days >= 13:
                title = self.say(texts["reading_note"]).format(month=month.month)
                made.append(
                    work.assign(
                        book, title, kind=WorkKind.READING_NOTE, due=due, group=self.group,
                        opens=max(month, term.start), words=800,
                    )
                )  # fmt: skip
            month = following
        title = self.say(texts["observation"])
        made.append(
            work.assign(book, title, kind=WorkKind.LESSON_OBSERVATION, due=term.until, group=self.group, pieces=2)
        )
        return made

    # week by week

    def _live(self, week: int, assignments: list[Assignment]) -> None:
        monday = self.monday + timedelta(weeks=week)
        book = self.at(min(monday, self.today), "07:50", by=2)
        for session in schedule.sessions_of(book, book.term, self.group):
            if monday <= session.date < monday + timedelta(weeks=1):
                self._meet(session, week)
        self._hand_in(monday, assignments)

    def _write_notes(self) -> None:
        """Give the last notes that nobody has looked at their texts."""
        book = self.at(self.today, "07:20", by=0)
        for piece, entry in zip(reversed(pile(book, kind=WorkKind.READING_NOTE)), self.script["written"], strict=False):
            set_text(book, piece.id, self.say(entry))

    def _meet(self, session: Session, week: int) -> None:
        texts = self.script["texts"]
        if week == 4:
            schedule.cancel_session(
                self.at(session.date - timedelta(days=2), "16:00"), session.id, reason=self.say(texts["cancelled"])
            )
        elif week == 6 and self.weekday < 5:
            book = self.at(session.date - timedelta(days=3), "11:20")
            schedule.move_session(book, session.id, session.date + timedelta(days=1), reason=self.say(texts["moved"]))
            self._call(session.id, session.date + timedelta(days=1), week)
        elif week == WEEKS_GONE - 3:
            return
        elif session.date < self.today and week < WEEKS_GONE - 2:
            self._call(session.id, session.date, week)
        elif session.date < self.today:
            self._call(session.id, session.date, week, unfinished=True)

    def _call(self, session: int, day: date, week: int, *, unfinished: bool = False) -> None:
        entered = day + timedelta(days=5) if week == 1 else day
        book = self.at(entered, "15:32", by=2 if week % 3 else 1)
        roll = RollCall(book, session)
        notes = self.say(self.script["texts"]["note"])
        for row in self.random.sample(roll.rows, 2 + week % 4):
            mark = self.random.choice(_EXCEPTIONS)
            minutes = self.random.choice((5, 8, 10, 15, 20)) if mark in (Mark.LATE, Mark.LEFT_EARLY) else None
            note = self.random.choice(notes) if mark in (Mark.LATE, Mark.OFFICIAL) else None
            roll.mark(row.member, mark, minutes, note)
        if unfinished:
            for row in roll.rows[: len(roll.rows) // 2]:
                if row.mark is None:
                    roll.mark(row.member, Mark.PRESENT)
        else:
            roll.rest_present()

    def _hand_in(self, monday: date, assignments: list[Assignment]) -> None:
        friday = min(monday + timedelta(days=4), self.today)
        if friday < monday:
            return
        book = self.at(friday, "17:10", by=2)
        for assignment in assignments:
            if assignment.opens and assignment.opens <= friday <= assignment.due + timedelta(days=6):
                self._notes(book, assignment, friday)
            elif assignment.opens is None and friday < self.today:
                self._observations(book, assignment, friday)

    def _notes(self, book: Book, assignment: Assignment, day: date) -> None:
        have = {piece.member for piece in work.works_of(book) if piece.assignment == assignment.id}
        open_people = [p for p in members.members_of(book, self.group, day) if p.id not in have]
        titles = self.say(self.script["notes"]["titles"])
        for person in self.random.sample(open_people, len(open_people) // 3):
            words = self.random.randint(620, 1350)
            piece = work.hand_in(
                book, person.id, assignment=assignment.id, title=self.random.choice(titles), words=words, date=day
            )
            fate = self.random.random()
            if fate < 0.12:
                reason = self.say(self.script["notes"]["returned"])
                work.return_work(book, piece.id, reason=reason, checker=self.people[1].name, on=day)
            elif fate < 0.72:
                grade = "A" if words >= 800 else "B"
                work.check(book, piece.id, grade, checker=self.people[1].name, on=day)

    def _observations(self, book: Book, assignment: Assignment, day: date) -> None:
        for person in self.random.sample(members.members_of(book, self.group, day), 3):
            host = self.random.choice(self.people)
            if host.id != person.id:
                work.hand_in(book, person.id, assignment=assignment.id, title=host.name, date=day)

    # what comes

    def _look_ahead(self) -> None:
        """Leave that is known, and two meetings of which one clashes with the weekly slot."""
        book = self.at(self.today, "08:05")
        if self.weekday != self.today.isoweekday() and not schedule.sessions_on(book, self.today, self.group):
            self._meet_at_the_weekend(book)
        coming = next((s for s in schedule.sessions_of(book, book.term, self.group) if s.date >= self.today), None)
        day = coming.date if coming else self.today
        reasons = self.say(self.script["texts"]["leave"])
        plan = (
            (5, Mark.OFFICIAL, 0, 2, "approved"),
            (18, Mark.SICK, 2, 1, "approved"),
            (25, Mark.PERSONAL, 1, 1, "requested"),
        )
        for number, kind, reason, length, status in plan:
            leaves.add_leave(
                book, self.people[number].id, kind=kind, start=day, until=day + timedelta(days=length - 1),
                reason=reasons[reason], approved_by=self.people[0].name if status == "approved" else None,
                status=LeaveStatus(status),
            )  # fmt: skip
        texts = self.script["texts"]
        schedule.add_session(
            book, group=self.groups["upper"], date=day + timedelta(days=7), start="16:00", end="17:00",
            kind=SessionKind.COLLECTIVE_PREPARATION, topic=self.say(texts["upper_clash"]), host=self.people[1].name,
        )  # fmt: skip
        schedule.add_session(
            book, group=self.groups["exchange"], date=day + timedelta(days=2), start="09:00", end="11:30",
            kind=SessionKind.TRAINING, topic=self.say(texts["training"]), plan=self.say(texts["training"]),
            speaker=self.people[20].name, speaker_member=self.people[20].id,
        )  # fmt: skip

    def _meet_at_the_weekend(self, book: Book) -> None:
        """Have a session today although there is no school, so that there is a roll to take."""
        topic, speaker = self.say(self.script["texts"]["salon"]), self.people[15]
        schedule.add_session(
            book, group=self.group, date=self.today, start="09:00", end="10:30", kind=SessionKind.SHARING, topic=topic,
            plan=topic, speaker=speaker.name, speaker_member=speaker.id,
        )  # fmt: skip
