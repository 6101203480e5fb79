"""A small group with a few weeks of a term, entered at the time at which it would have been; and golden files."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.book.achievements import add_achievement
from coordinator_tui.book.book import Book
from coordinator_tui.book.leaves import add_leave
from coordinator_tui.book.members import add_member, deactivate
from coordinator_tui.book.pairs import add_pair
from coordinator_tui.book.readings import add_reading
from coordinator_tui.book.roll import RollCall
from coordinator_tui.book.schedule import add_session, cancel_session
from coordinator_tui.book.trainings import add_training, relay_training
from coordinator_tui.book.work import assign, check, hand_in
from coordinator_tui.domain.vocabulary import (
    AchievementKind,
    AwardLevel,
    Mark,
    Role,
    SessionKind,
    TrainingArea,
    WorkKind,
)
from coordinator_tui.text import gettext, select_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coordinator_tui.domain.records import Session

TODAY = date(2026, 11, 18)
GOLDEN = Path(__file__).parent / "golden"


class Clock:
    """The time of the log, in milliseconds since 1970; tests set it."""

    def __init__(self) -> None:
        self.now = 0
        self.set(date(2026, 9, 1))

    def set(self, day: date) -> None:
        self.now = int(datetime(day.year, day.month, day.day, 9, tzinfo=UTC).timestamp() * 1000)

    def __call__(self) -> int:
        self.now += 1000
        return self.now


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, folder in (("XDG_STATE_HOME", "state"), ("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config")):
        monkeypatch.setenv(variable, str(tmp_path / folder))
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.delenv("COORDINATOR_BOOK", raising=False)
    select_language("en")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def book(tmp_path: Path, clock: Clock) -> Iterator[Book]:
    with Book.create(
        tmp_path / "chinese.coord",
        school="青石桥小学",
        group="语文教研组",
        term="2026-2027-1",
        user="zhou",
        today=TODAY,
        clock=clock,
        remember=False,
    ) as made:
        yield made


def _people(book: Book) -> dict[str, int]:
    group = book.group.id
    ids = {
        "zhou": add_member(book, "周若溪", group=group, role=Role.LEADER, subject="语文", birth="1979-03").id,
        "wang": add_member(book, "王伟", group=group, subject="语文", gender="male", phone="13800001234").id,
        "wang2": add_member(book, "王伟", group=group, subject="书法").id,
        "aynur": add_member(book, "阿依努尔·买合木提", group=group, subject="语文", note="=HYPERLINK(1)").id,
        "ning": add_member(book, "宁䶮", group=group, subject="语文", start=date(2026, 9, 20)).id,
        "qian": add_member(book, "钱慕白", group=group, subject="语文").id,
    }
    deactivate(book, ids["qian"], until=date(2026, 9, 30))
    return ids


def _session(book: Book, day: date, kind: SessionKind, topic: str) -> Session:
    return add_session(
        book, date=day, start="15:30", end="17:00", kind=kind, topic=topic, speaker="周若溪", place="录播室"
    )


@pytest.fixture
def term(book: Book, clock: Clock) -> dict[str, int]:
    """Members and sessions by a short name; two rolls in time, one entered late, one not taken, one cancelled."""
    ids = _people(book)
    days = [date(2026, 9, 9), date(2026, 9, 23), date(2026, 10, 14), date(2026, 10, 28), date(2026, 11, 11)]
    topics = ["学期计划", "整本书阅读", "+1 组内研讨", "单元备课", "读书沙龙"]
    kinds = [SessionKind.GROUP_RESEARCH, SessionKind.POLICY_STUDY, SessionKind.LECTURE] + 2 * [SessionKind.SHARING]
    for number, (day, kind, topic) in enumerate(zip(days, kinds, topics, strict=True), 1):
        ids[f"s{number}"] = _session(book, day, kind, topic).id
    cancel_session(book, _session(book, date(2026, 10, 7), SessionKind.VISIT, "参观").id, reason="假期")
    ids["next"] = _session(book, date(2026, 11, 25), SessionKind.SEMINAR, "期末准备").id
    clock.set(days[0])
    first = RollCall(book, ids["s1"])
    first.mark(ids["wang"], Mark.LATE, 10)
    first.rest_present()
    clock.set(date(2026, 10, 8))
    late = RollCall(book, ids["s2"])
    late.mark(ids["zhou"], Mark.SICK)
    late.mark(ids["wang2"], Mark.ABSENT)
    late.rest_present()
    clock.set(days[2])
    third = RollCall(book, ids["s3"])
    third.mark(ids["aynur"], Mark.PERSONAL, note="家中有事")
    third.mark(ids["ning"], Mark.LEFT_EARLY, 20)
    third.mark(ids["wang"], Mark.EXEMPT)
    third.mark(ids["zhou"], Mark.PRESENT)
    clock.set(TODAY)
    add_leave(book, ids["zhou"], kind=Mark.OFFICIAL, start=date(2026, 11, 25), reason="开会")
    add_reading(book, "给教师的建议", author="苏霍姆林斯基", group=book.group.id, date=date(2026, 9, 9))
    ids["task"] = assign(book, "10月读书笔记", kind=WorkKind.READING_NOTE, due=date(2026, 10, 31), words=800).id
    note = hand_in(book, ids["zhou"], date=date(2026, 10, 20), title="读《给教师的建议》", words=1200)
    check(book, note.id, "A", checker="周若溪")
    hand_in(book, ids["wang"], date=date(2026, 10, 25), title="@摘记", words=650)
    hand_in(book, ids["wang"], kind=WorkKind.OPEN_LESSON, date=date(2026, 10, 12), title="草船借箭")
    _register(book, ids)
    return ids


def _register(book: Book, ids: dict[str, int]) -> None:
    training = add_training(
        book, ids["zhou"], "统编教材写作教学", start=date(2026, 10, 12), until=date(2026, 10, 16), hours=24.5,
        area=TrainingArea.PROFESSIONAL, level=AwardLevel.COUNTY, organiser="县教师发展中心", missed=0.25,
    )  # fmt: skip
    relay_training(book, training.id, session=ids["s4"])
    add_training(book, ids["ning"], "师德专题", start=date(2026, 11, 3), hours=8, area=TrainingArea.PUBLIC)
    add_pair(book, ids["zhou"], ids["ning"], start=date(2026, 9, 20), kind="入门式", note="协议已签")
    add_pair(book, ids["wang"], ids["wang2"], start=date(2026, 9, 1), until=date(2026, 10, 31), kind="协作式")
    add_achievement(
        book, ids["wang"], "读写结合初探", kind=AchievementKind.PAPER, date=date(2026, 10, 8),
        level=AwardLevel.PROVINCE, grade="二等奖", issuer="省教育学会", number="2026-0412", original_checked=True,
        archive="2026-01",
    )  # fmt: skip
    add_achievement(book, ids["aynur"], "=优秀辅导教师", kind=AchievementKind.HONOUR, date=date(2026, 9, 10))


@pytest.fixture
def golden() -> Callable[[str, bytes], None]:
    """Compare bytes with a committed file. GOLDEN=write makes the files anew: look at them before you commit them."""

    def compare(name: str, content: bytes) -> None:
        path = GOLDEN / name
        if os.environ.get("GOLDEN") == "write":
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        assert path.read_bytes() == content

    return compare


@pytest.fixture(params=["en", "zh"])
def lang(request: pytest.FixtureRequest) -> str:
    """Each language in turn. The catalogues' own test fails while a Chinese text is missing, so nothing hides here."""
    code: str = select_language(request.param)
    if code == "zh" and gettext("Attendance by mark") == "Attendance by mark":
        pytest.skip("the Chinese catalogue has not got the texts of the sheets yet")
    return code
