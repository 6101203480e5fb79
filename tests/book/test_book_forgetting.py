"""Purging a person: no byte of their name stays in the folder, and nothing else changes."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.book import care
from coordinator_tui.book.achievements import add_achievement
from coordinator_tui.book.book import Book
from coordinator_tui.book.entries import add_entry
from coordinator_tui.book.forgetting import BLANK, Finder, plan_purge, purge_member, still_named
from coordinator_tui.book.leaves import add_leave
from coordinator_tui.book.members import add_member, edit_member, find_member
from coordinator_tui.book.merging import merge_members
from coordinator_tui.book.pairs import add_pair, end_pair, remove_pair
from coordinator_tui.book.placements import place_member
from coordinator_tui.book.readings import add_reading
from coordinator_tui.book.roll import RollCall
from coordinator_tui.book.schedule import add_session, edit_session, remove_session
from coordinator_tui.book.series import add_series
from coordinator_tui.book.trainings import add_training, edit_training, relay_training, report_training
from coordinator_tui.book.work import assign, check, hand_in
from coordinator_tui.domain.vocabulary import AchievementKind, EntryKind, Mark, SessionKind, WorkKind

if TYPE_CHECKING:
    from pathlib import Path

    from coordinator_tui.domain.records import Member

NAME = "赵小云"
DAY = date(2026, 11, 11)


def stands_in(folder: Path, text: str) -> list[str]:
    """Return the files of a book in which a text stands."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path.relative_to(folder)) for path in files if text.encode() in path.read_bytes()]


@pytest.fixture
def zhao(book: Book, people: dict[str, Member]) -> int:
    """A member whose name stands wherever a name can stand."""
    member = add_member(book, NAME, group=book.group.id, phone="13812345678", spouse=people["李四"].id).id
    edit_member(book, people["李四"].id, spouse=member, note=f"与{NAME}同住")
    session = add_session(book, date=DAY, topic=f"{NAME}公开课", speaker_member=member, host=NAME, recorder="王五")
    edit_session(book, session.id, speaker_member=None, speaker="李四")
    edit_session(book, session.id, speaker=f"{NAME}、李四", minutes=f"发言：赵 小云。\n{NAME}：同意。")
    RollCall(book, session.id).commit_line(RollCall(book, session.id).preview_line(f"{NAME}病(住院) 其余到"))
    gone = add_session(book, date=DAY, topic="旧", host=NAME)
    remove_session(book, gone.id)
    work = hand_in(book, people["李四"].id, kind=WorkKind.READING_NOTE, date=DAY, title="慢下来")
    check(book, work.id, "A", checker=NAME)
    hand_in(book, member, kind=WorkKind.READING_NOTE, date=DAY, title="秘密的读后感")
    add_leave(book, people["李四"].id, kind=Mark.PERSONAL, start=DAY, until=DAY, approved_by=NAME)
    add_leave(book, member, kind=Mark.SICK, start=DAY, until=DAY, reason="秘密的病")
    add_reading(book, "静默", recommended_by=NAME)
    assign(book, "补交", kind=WorkKind.READING_NOTE, due=DAY, members=(member,))
    assign(book, "两人", kind=WorkKind.READING_NOTE, due=DAY, members=(member, people["李四"].id))
    return member


def test_no_byte_of_the_name_stays_in_the_folder(book: Book, zhao: int) -> None:
    plan = plan_purge(book, zhao)
    purge_member(book, plan)
    book.close()
    for text in (NAME, "赵 小云", "秘密", "住院", "13812345678"):
        assert stands_in(book.folder, text) == []
    assert [finding for finding in care.doctor(book.folder) if finding.severity == "error"] == []


def test_what_stays_says_what_it_said_without_the_name(book: Book, people: dict[str, Member], zhao: int) -> None:
    purge_member(book, plan_purge(book, zhao))
    (session,) = book.sessions.all()
    assert (session.topic, session.speaker, session.host, session.recorder) == (
        f"{BLANK}公开课",
        f"{BLANK}、李四",
        None,
        "王五",
    )
    assert book.members.get(people["李四"].id).spouse is None
    assert [(work.title, work.grade, work.checker) for work in book.work] == [("慢下来", "A", None)]
    assert [(task.title, task.members) for task in book.assignments] == [("两人", (people["李四"].id,))]
    assert {mark.member for mark in book.attendance} == {member.id for member in people.values()}


def in_the_registers(book: Book, member: int, other: int) -> None:
    """Write a person into every register, change and remove some of it, and keep the text of a piece of theirs."""
    training = add_training(book, member, "秘密培训", start=DAY, organiser="秘密书院", note=f"{NAME}的笔记")
    edit_training(book, training.id, organiser="县里")
    relay_training(book, training.id, note="秘密的转达")
    piece = report_training(book, training.id, title="秘密的汇报")
    book.texts.add(work=piece.id, text="秘密的全文", file="秘密.txt")
    end_pair(book, add_pair(book, member, other, start=DAY, kind="秘密结对").id)
    remove_pair(book, add_pair(book, other, member, start=DAY, note="秘密的徒弟").id)
    placement = place_member(book, member, host_school="秘密小学", start=DAY)
    add_achievement(book, member, "秘密的论文", kind=AchievementKind.PAPER, date=DAY, archive="13812345678")
    add_entry(book, EntryKind.APPEAL, member=member, date=DAY, title="秘密的申诉")
    book.entries.add(kind=EntryKind.REPORT, date=DAY, placement=placement.id, title="秘密的报告")
    add_entry(book, EntryKind.COVER, member=other, placement=placement.id, date=DAY, title=f"代{NAME}上课")


def test_nothing_of_the_registers_and_of_texts_stays(book: Book, people: dict[str, Member]) -> None:
    member = add_member(book, NAME, group=book.group.id).id
    in_the_registers(book, member, people["李四"].id)
    own = add_achievement(book, people["李四"].id, "李四的论文", kind=AchievementKind.PAPER, date=DAY)
    plan = plan_purge(book, member)
    assert plan.counts(book)["registers"] == 7
    purge_member(book, plan)
    assert [len(book.collections[table]) for table in ("trainings", "pairs", "placements", "texts")] == [0, 0, 0, 0]
    assert book.achievements.all() == [own]
    (cover,) = book.entries.all()
    assert (cover.member, cover.placement, cover.title) == (people["李四"].id, None, f"代{BLANK}上课")
    book.close()
    for text in (NAME, "秘密", "13812345678"):
        assert stands_in(book.folder, text) == []
    (book.folder / "data.json").unlink()
    with Book.open(book.folder, user="li") as again:
        assert [len(again.collections[table]) for table in ("pairs", "achievements", "entries")] == [0, 1, 1]
    assert [finding for finding in care.doctor(book.folder) if finding.severity == "error"] == []


def test_a_book_opened_from_its_logs_alone_is_the_same_after_a_purge(book: Book, zhao: int) -> None:
    purge_member(book, plan_purge(book, zhao))
    digest = book.store.digest()
    book.close()
    (book.folder / "data.json").unlink()
    with Book.open(book.folder, user="li") as again:
        assert again.store.digest() == digest
        assert care.warnings(again) == []


def test_a_value_that_once_was_the_name_and_is_another_now_stays(book: Book, people: dict[str, Member]) -> None:
    member = add_member(book, NAME, group=book.group.id)
    session = add_session(book, date=DAY, host=NAME)
    edit_session(book, session.id, host=people["王五"].name)
    purge_member(book, plan_purge(book, member.id))
    book.close()
    (book.folder / "data.json").unlink()
    with Book.open(book.folder, user="li") as again:
        assert again.sessions.get(session.id).host == "王五"
    assert stands_in(book.folder, NAME) == []


def test_the_plan_names_what_will_happen(book: Book, zhao: int) -> None:
    plan = plan_purge(book, zhao)
    assert plan.counts(book) == {"memberships": 1, "attendance": 1, "leaves": 1, "work": 1, "registers": 0}
    assert plan.tasks == ("补交",)
    assert "session: host 1" in plan.places()
    assert "piece of work: checked by 1" in plan.places()
    assert not plan.wrote
    assert not plan.namesakes


def test_a_namesake_keeps_their_name_where_only_the_name_is_written(book: Book) -> None:
    first = add_member(book, NAME, group=book.group.id, subject="英语")
    second = add_member(book, NAME, group=book.group.id, subject="数学")
    add_session(book, date=DAY, host=NAME, speaker_member=first.id)
    plan = plan_purge(book, first.id)
    assert len(plan.namesakes) == 1
    purge_member(book, plan)
    (session,) = book.sessions.all()
    assert (session.host, session.speaker, session.speaker_member) == (NAME, None, None)
    assert find_member(book, NAME).id == second.id


def test_longer_names_of_others_are_not_cut(book: Book, people: dict[str, Member]) -> None:
    add_member(book, "张三丰", group=book.group.id)
    session = add_session(book, date=DAY, topic="张三丰与张三同课异构")
    purge_member(book, plan_purge(book, people["张三"].id))
    assert book.sessions.get(session.id).topic == f"张三丰与{BLANK}同课异构"


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("买买提·吐尔逊", "买买提•吐尔逊主讲", f"{BLANK}主讲"),
        ("Li", "Lily and Li", f"Lily and {BLANK}"),
        ("丁", "丁级 丁", f"丁级 {BLANK}"),
        ("王伟(语文)", "王伟（语文）、王伟(数学)", f"{BLANK}、王伟(数学)"),
    ],
)
def test_names_are_found_as_people_write_them(name: str, text: str, left: str) -> None:
    assert Finder([name], []).without(text) == left


def test_an_entry_that_was_merged_into_the_person_goes_too(book: Book) -> None:
    kept = add_member(book, NAME, group=book.group.id)
    typo = add_member(book, "赵晓芸", group=book.group.id, note="写错了")
    merge_members(book, kept.id, typo.id)
    purge_member(book, plan_purge(book, kept.id))
    book.close()
    assert stands_in(book.folder, "赵晓芸") == []
    assert stands_in(book.folder, "写错了") == []


def test_neither_a_purge_nor_a_step_that_it_emptied_can_be_undone(book: Book, zhao: int) -> None:
    purge_member(book, plan_purge(book, zhao))
    assert book.undo() is None
    add_member(book, "新人")
    undone = book.undo()
    assert undone is not None
    assert "新人" in undone.sentence
    assert book.undo() is None


def test_a_series_loses_the_name_among_its_hosts_and_speakers(book: Book, people: dict[str, Member]) -> None:
    member = add_member(book, NAME, group=book.group.id)
    series = add_series(
        book, "每周教研", kind=SessionKind.GROUP_RESEARCH, weekday=3, start="15:30", end="17:00",
        hosts=(NAME, "李四"), speakers=(people["李四"].id, member.id),
    )  # fmt: skip
    purge_member(book, plan_purge(book, member.id))
    left = book.series.get(series.id)
    assert (left.hosts, left.speakers) == (("李四",), (people["李四"].id,))


def test_another_machine_forgets_when_it_sees_the_purge_and_agrees(
    book: Book, zhao: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there_folder = tmp_path / "there.coord"
    book.store.write_snapshot()
    shutil.copytree(book.folder, there_folder)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
    with Book.open(there_folder, user="wang") as there:
        (session,) = there.sessions.all()
        edit_session(there, session.id, host=NAME, place="203")
        shutil.copytree(there_folder / "log" / there.store.replica, book.folder / "log" / there.store.replica)
        book.refresh()
        purge_member(book, plan_purge(book, zhao))
        shutil.copytree(
            book.folder / "log" / book.store.replica, there_folder / "log" / book.store.replica, dirs_exist_ok=True
        )
        there.refresh()
        assert there.store.digest() == book.store.digest()
        assert there.sessions.get(session.id).place == "203"
        own = there_folder / "log" / there.store.replica
    assert stands_in(own, NAME) == []
    with Book.open(there_folder, user="wang") as there:
        assert there.store.digest() == book.store.digest()


def test_the_log_from_before_a_copy_is_named_and_can_be_cleared(book: Book, zhao: int, tmp_path: Path) -> None:
    moved = tmp_path / "moved.coord"
    book.close()
    shutil.copytree(book.folder, moved)
    with Book.open(moved, user="li") as here:
        add_reading(here, "在新地方写的")
        plan = plan_purge(here, zhao)
        purge_member(here, plan)
        assert [path.parent.name for path in still_named(here, plan)] == [book.store.replica]
        digest = here.store.digest()
        assert care.forget_for_others(here) > 0
        assert still_named(here, plan) == []
        assert here.store.digest() == digest
    assert stands_in(moved, NAME) == []
    (moved / "data.json").unlink()
    with Book.open(moved, user="li") as again:
        assert again.store.digest() == digest
    assert [finding for finding in care.doctor(moved) if finding.severity == "error"] == []


def test_copies_set_aside_with_the_name_go_too(book: Book, zhao: int) -> None:
    aside = book.folder / "set-aside"
    aside.mkdir()
    (aside / "old-data.json").write_text(NAME, encoding="utf-8")
    (aside / "other").write_text("李四", encoding="utf-8")
    plan = plan_purge(book, zhao)
    assert [path.name for path in plan.copies] == ["old-data.json"]
    purge_member(book, plan)
    assert [path.name for path in aside.iterdir()] == ["other"]
