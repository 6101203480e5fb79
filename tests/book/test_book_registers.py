"""The registers: trainings, pairs, placements, achievements and other lines, with undo, history and closed terms."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.book.achievements import (
    achievement_json,
    achievements_of,
    add_achievement,
    edit_achievement,
    find_achievement,
    remove_achievement,
)
from coordinator_tui.book.book import Book
from coordinator_tui.book.entries import add_entry, edit_entry, entries_of, entry_json, find_entry, remove_entry
from coordinator_tui.book.errors import DecisionNeeded, NoSuchThing, Refused
from coordinator_tui.book.history import history_of_member
from coordinator_tui.book.members import add_member, remove_member
from coordinator_tui.book.merging import merge_members
from coordinator_tui.book.pairs import add_pair, edit_pair, end_pair, find_pair, pair_json, pairs_of, remove_pair
from coordinator_tui.book.placements import (
    edit_placement,
    end_placement,
    find_placement,
    place_member,
    placement_json,
    placements_of,
    remove_placement,
)
from coordinator_tui.book.registers import read_figure, read_share, share_words
from coordinator_tui.book.schedule import add_session, edit_session, move_session
from coordinator_tui.book.terms import close_term
from coordinator_tui.book.trainings import (
    add_training,
    edit_training,
    find_training,
    relay_training,
    relayed,
    remove_training,
    report_training,
    reported,
    training_json,
    trainings_of,
    without_report,
)
from coordinator_tui.book.work import hand_in, return_work
from coordinator_tui.domain.vocabulary import (
    AchievementKind,
    AwardLevel,
    EntryKind,
    PlacementForm,
    Scope,
    SessionKind,
    TrainingArea,
    WorkKind,
)

if TYPE_CHECKING:
    from pathlib import Path

    from coordinator_tui.domain.records import Member

People = dict[str, "Member"]
OCTOBER = date(2026, 10, 12)


# trainings


def test_a_training_is_listed_with_what_was_said_of_it(book: Book, people: People) -> None:
    training = add_training(
        book, people["张三"].id, " 写作 教学 ", start=OCTOBER, until=date(2026, 10, 16), hours=24.5,
        area=TrainingArea.PROFESSIONAL, level=AwardLevel.COUNTY, organiser="县教研室", missed=0.25,
    )  # fmt: skip
    shown = training_json(book, training)
    assert {key: shown[key] for key in ("name", "title", "start", "until", "hours", "area", "level", "missed")} == {
        "name": "张三", "title": "写作 教学", "start": "2026-10-12", "until": "2026-10-16", "hours": 24.5,
        "area": "professional", "level": "county", "missed": 0.25,
    }  # fmt: skip
    assert (shown["reported"], shown["relayed"]) == (False, False)


def test_a_report_and_a_relay_make_a_training_complete(book: Book, people: People) -> None:
    training = add_training(book, people["张三"].id, "写作教学", start=OCTOBER)
    meeting = add_session(book, date=date(2026, 10, 21), topic="分享", kind=SessionKind.SHARING)
    relay = relay_training(book, training.id, session=meeting.id)
    assert (relay.kind, relay.member, relay.date, relay.group) == (
        EntryKind.RELAY, people["张三"].id, date(2026, 10, 21), book.group.id,
    )  # fmt: skip
    piece = report_training(book, training.id)
    assert (piece.kind, piece.title, piece.training) == (WorkKind.TRAINING_REPORT, "写作教学", training.id)
    assert (reported(book), relayed(book)) == ({training.id}, {training.id})
    assert without_report(book, people["张三"].id) == []


def test_a_report_that_was_given_back_is_still_owed(book: Book, people: People) -> None:
    training = add_training(book, people["张三"].id, "写作教学", start=OCTOBER)
    return_work(book, report_training(book, training.id).id, reason="太短")
    assert without_report(book, people["张三"].id) == [training]


def test_nobody_reports_on_the_training_of_another(book: Book, people: People) -> None:
    training = add_training(book, people["张三"].id, "写作教学", start=OCTOBER)
    with pytest.raises(Refused, match="写作教学 was a training of 张三, not of 李四"):
        hand_in(book, people["李四"].id, training=training.id)


def test_a_training_cannot_be_relayed_before_it_began(book: Book, people: People) -> None:
    training = add_training(book, people["张三"].id, "写作教学", start=OCTOBER)
    with pytest.raises(Refused, match="cannot be relayed on 2026-10-01"):
        relay_training(book, training.id, date=date(2026, 10, 1))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"until": date(2026, 10, 1)}, "would end (2026-10-01) before it begins (2026-10-12)"),
        ({"hours": -2}, "-2 hours cannot be right"),
        ({"missed": 1.5}, "the share lies between 0 and 1"),
    ],
)
def test_a_training_that_cannot_be_is_refused(
    book: Book, people: People, fields: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        add_training(book, people["张三"].id, "写作教学", start=OCTOBER, **fields)  # type: ignore[arg-type]  # as typed
    assert sentence in str(refused.value)
    assert len(book.trainings) == 0


def test_trainings_are_found_by_term_member_area_and_days(book: Book, people: People) -> None:
    old = add_training(book, people["张三"].id, "旧", start=date(2025, 3, 1), area=TrainingArea.PUBLIC)
    new = add_training(book, people["李四"].id, "新", start=OCTOBER, until=date(2026, 10, 30))
    assert trainings_of(book) == [new, old]
    assert trainings_of(book, term=book.term) == [new]
    assert trainings_of(book, member=people["张三"].id) == [old]
    assert trainings_of(book, area=TrainingArea.PUBLIC) == [old]
    assert trainings_of(book, first=date(2026, 10, 20), last=date(2026, 10, 21)) == [new]


def test_a_removed_training_leaves_its_report_and_undo_brings_all_back(book: Book, people: People) -> None:
    training = add_training(book, people["张三"].id, "写作教学", start=OCTOBER)
    piece, relay = report_training(book, training.id), relay_training(book, training.id)
    remove_training(book, training.id)
    assert book.work.get(piece.id).training is None
    assert book.entries.get(relay.id).training is None
    assert "Remove training of 张三: 写作教学" in str(book.undo())
    assert book.trainings.get(training.id) == training
    assert book.work.get(piece.id).training == training.id


def test_a_training_is_named_by_its_title_its_member_or_its_number(book: Book, people: People) -> None:
    training = add_training(book, people["张三"].id, "统编教材写作教学", start=OCTOBER)
    other = add_training(book, people["李四"].id, "班主任工作", start=OCTOBER)
    add_training(book, people["李四"].id, "心理健康", start=OCTOBER)
    for text in (str(training.id), "统编教材写作教学", "写作", "张三", "zs"):
        assert find_training(book, text) == training
    assert find_training(book, "bzr") == other
    with pytest.raises(DecisionNeeded, match="班主任工作"):
        find_training(book, "李四")
    with pytest.raises(NoSuchThing, match="There is no training “游泳”"):
        find_training(book, "游泳")


# pairs


def test_a_pair_runs_until_it_is_ended(book: Book, people: People) -> None:
    pair = add_pair(book, people["张三"].id, people["李四"].id, start=OCTOBER, kind="入门式")
    assert pair_json(book, pair)["mentor_name"] == "张三"
    assert pairs_of(book, on=book.today) == [pair]
    end_pair(book, pair.id, until=date(2026, 11, 1))
    assert pairs_of(book, on=book.today) == []
    assert [one.id for one in pairs_of(book, term=book.term, member=people["李四"].id)] == [pair.id]
    with pytest.raises(Refused, match="has ended on 2026-11-01 already"):
        end_pair(book, pair.id)


def test_nobody_is_their_own_mentor_and_no_pair_is_made_twice(book: Book, people: People) -> None:
    mentor, apprentice = people["张三"].id, people["李四"].id
    with pytest.raises(Refused, match="Nobody is their own mentor"):
        add_pair(book, mentor, mentor)
    pair = add_pair(book, mentor, apprentice, start=OCTOBER)
    with pytest.raises(Refused, match="张三 and 李四 are a pair already, since 2026-10-12"):
        add_pair(book, mentor, apprentice)
    end_pair(book, pair.id, until=date(2026, 11, 1))
    assert add_pair(book, mentor, apprentice).start == book.today
    assert add_pair(book, apprentice, mentor).mentor == apprentice


def test_a_pair_of_a_closed_term_can_go_on_but_not_have_begun_elsewhen(book: Book, people: People) -> None:
    pair = add_pair(book, people["张三"].id, people["李四"].id, start=OCTOBER)
    close_term(book, book.term.code)
    assert edit_pair(book, pair.id, kind="提高式").kind == "提高式"
    with pytest.raises(Refused, match="is closed"):
        edit_pair(book, pair.id, start=date(2026, 10, 1))
    with pytest.raises(Refused, match="is closed"):
        remove_pair(book, pair.id)


def test_a_pair_is_named_by_either_of_the_two(book: Book, people: People) -> None:
    first = add_pair(book, people["张三"].id, people["李四"].id)
    second = add_pair(book, people["张三"].id, people["王五"].id)
    assert find_pair(book, "李四") == first
    assert find_pair(book, "张三", "王五") == second
    with pytest.raises(DecisionNeeded, match="张三 → 李四"):
        find_pair(book, "张三")


# placements


def test_a_placement_leads_to_another_school_for_a_time(book: Book, people: People) -> None:
    placement = place_member(
        book,
        people["张三"].id,
        host_school="河湾小学",
        form=PlacementForm.MUTUAL,
        start=OCTOBER,
        until=date(2027, 1, 15),
    )
    shown = placement_json(book, placement)
    assert (shown["home_school"], shown["host_school"], shown["form"]) == ("Riverside School", "河湾小学", "mutual")
    assert placements_of(book, on=book.today) == [placement]
    end_placement(book, placement.id, until=date(2026, 11, 17))
    assert placements_of(book, on=book.today) == []
    assert len(placements_of(book, term=book.term)) == 1


def test_nobody_is_placed_at_their_own_school_or_twice_at_a_time(book: Book, people: People) -> None:
    member = people["张三"].id
    with pytest.raises(Refused, match="is the home school"):
        place_member(book, member, host_school="riverside school", start=OCTOBER)
    place_member(book, member, host_school="河湾小学", start=OCTOBER, until=date(2026, 10, 30))
    with pytest.raises(Refused, match="张三 is placed already: 张三 河湾小学 2026-10-12 – 2026-10-30"):
        place_member(book, member, host_school="桥头小学", start=date(2026, 10, 30))
    second = place_member(book, member, host_school="桥头小学", start=date(2026, 11, 2))
    assert find_placement(book, str(second.id)) == second
    assert find_placement(book, "张三", running=True) == second


def test_two_machines_that_note_one_placement_write_one_document(
    book: Book, people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.store.write_snapshot()
    shutil.copytree(book.folder, tmp_path / "there.coord")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
    with Book.open(tmp_path / "there.coord", user="wang") as there:
        place_member(there, people["张三"].id, host_school="河湾小学", start=OCTOBER)
        place_member(book, people["张三"].id, host_school="河湾小学", start=date(2026, 10, 13))
        log = there.folder / "log" / there.store.replica
        shutil.copytree(log, book.folder / "log" / there.store.replica)
    book.refresh()
    assert len(book.placements) == 1


def test_a_removed_placement_leaves_what_was_entered_about_it(book: Book, people: People) -> None:
    placement = place_member(book, people["张三"].id, host_school="河湾小学", start=OCTOBER)
    contact = add_entry(book, EntryKind.CONTACT, placement=placement.id, title="探望")
    assert contact.member == people["张三"].id
    edit_placement(book, placement.id, form=PlacementForm.SUPPORT_TEACHING)
    remove_placement(book, placement.id)
    assert book.entries.get(contact.id).placement is None


# achievements


def test_an_achievement_is_registered_checked_and_archived(book: Book, people: People) -> None:
    paper = add_achievement(
        book, people["张三"].id, "读写结合初探", kind=AchievementKind.PAPER, date=OCTOBER, level=AwardLevel.PROVINCE,
        grade="二等奖", issuer="省教育学会", number="2026-0412",
    )  # fmt: skip
    assert achievement_json(book, paper)["original_checked"] is False
    edit_achievement(book, paper.id, original_checked=True, archive="A-17")
    now = book.achievements.get(paper.id)
    assert (now.original_checked, now.archive) == (True, "A-17")
    edit_achievement(book, paper.id, original_checked=False)
    assert book.achievements.get(paper.id).original_checked is False
    assert find_achievement(book, "读写") == book.achievements.get(paper.id)


def test_achievements_are_found_by_kind_level_member_and_term(book: Book, people: People) -> None:
    paper = add_achievement(book, people["张三"].id, "甲", kind=AchievementKind.PAPER, level=AwardLevel.CITY)
    honour = add_achievement(book, people["李四"].id, "乙", kind=AchievementKind.HONOUR, date=date(2024, 5, 1))
    assert achievements_of(book) == [paper, honour]
    assert achievements_of(book, kind=AchievementKind.HONOUR) == [honour]
    assert achievements_of(book, level=AwardLevel.CITY) == [paper]
    assert achievements_of(book, term=book.term) == [paper]
    assert achievements_of(book, member=people["李四"].id) == [honour]
    assert achievements_of(book, last=date(2025, 1, 1)) == [honour]


def test_an_achievement_without_a_title_is_refused(book: Book, people: People) -> None:
    with pytest.raises(Refused, match="needs a title"):
        add_achievement(book, people["张三"].id, "  ", kind=AchievementKind.PAPER)


# other lines


def test_a_survey_after_a_session_keeps_its_figures(book: Book, people: People) -> None:
    session = add_session(book, date=OCTOBER, topic="讲座")
    survey = add_entry(book, EntryKind.SURVEY, session=session.id, date=OCTOBER, value=92.5, before=85, count=28)
    shown = entry_json(book, survey)
    assert (shown["kind"], shown["value"], shown["before"], shown["count"]) == ("survey", 92.5, 85, 28)
    assert shown["group"] == book.group.id
    edit_entry(book, survey.id, outcome="多安排讨论", done_on=date(2026, 10, 20))
    assert entries_of(book, kind=EntryKind.SURVEY, term=book.term)[0].outcome == "多安排讨论"


def test_a_line_that_says_nothing_or_names_nobody_there_is_refused(book: Book) -> None:
    with pytest.raises(Refused, match="says nothing"):
        add_entry(book, EntryKind.NEWS)
    with pytest.raises(NoSuchThing, match="There is no member with the number 12"):
        add_entry(book, EntryKind.NEWS, member=12)
    with pytest.raises(NoSuchThing, match="There is no training with the number 12"):
        add_entry(book, EntryKind.RELAY, training=12)
    with pytest.raises(Refused, match="-1 cannot be right"):
        add_entry(book, EntryKind.SURVEY, value=-1)


def test_lines_are_found_by_member_kind_title_and_days(book: Book, people: People) -> None:
    news = add_entry(book, EntryKind.NEWS, title="我校教研见报", member=people["张三"].id, date=OCTOBER)
    appeal = add_entry(book, EntryKind.APPEAL, member=people["李四"].id)
    assert entries_of(book) == [appeal, news]
    assert entries_of(book, member=people["张三"].id) == [news]
    assert entries_of(book, first=date(2026, 11, 1)) == [appeal]
    assert entries_of(book, last=date(2026, 11, 1)) == [news]
    assert find_entry(book, "李四") == appeal
    assert find_entry(book, "见报", kind=EntryKind.NEWS) == news


# all of them


def test_nothing_in_a_closed_term_is_added_changed_or_removed(book: Book, people: People) -> None:
    member = people["张三"].id
    training = add_training(book, member, "写作教学", start=OCTOBER)
    paper = add_achievement(book, member, "论文", kind=AchievementKind.PAPER, date=OCTOBER)
    news = add_entry(book, EntryKind.NEWS, title="见报", date=OCTOBER)
    close_term(book, book.term.code)
    for attempt in (
        lambda: add_training(book, member, "又一次", start=OCTOBER),
        lambda: edit_training(book, training.id, hours=3),
        lambda: remove_training(book, training.id),
        lambda: place_member(book, member, host_school="河湾小学", start=OCTOBER),
        lambda: add_pair(book, member, people["李四"].id, start=OCTOBER),
        lambda: edit_achievement(book, paper.id, grade="一等奖"),
        lambda: remove_achievement(book, paper.id),
        lambda: edit_entry(book, news.id, title="登报"),
        lambda: remove_entry(book, news.id),
    ):
        with pytest.raises(Refused, match="is closed"):
            attempt()


def test_every_step_is_told_in_words_and_taken_back_by_one_undo(book: Book, people: People) -> None:
    pair = add_pair(book, people["张三"].id, people["李四"].id)
    assert str(book.undo()) == "Undone: Pair mentor 张三 with apprentice 李四."
    assert pair.id not in book.pairs
    add_entry(book, EntryKind.AWARD, member=people["张三"].id, title="先进个人")
    assert str(book.undo()) == "Undone: Add to the register: Commendation 张三 先进个人."
    assert str(book.redo()) == "Done again: Add to the register: Commendation 张三 先进个人."
    place_member(book, people["张三"].id, host_school="河湾小学")
    assert str(book.undo()) == "Undone: Place 张三 at 河湾小学."


def test_history_of_a_member_tells_their_registers_in_words(book: Book, people: People) -> None:
    pair = add_pair(book, people["张三"].id, people["李四"].id, start=OCTOBER)
    end_pair(book, pair.id, until=date(2026, 11, 1))
    add_achievement(book, people["李四"].id, "论文", kind=AchievementKind.PAPER, level=AwardLevel.CITY)
    said = [line.sentence() for line in history_of_member(book, people["李四"].id)]
    assert "张三 → 李四 2026-10-12: until: – → 2026-11-01" in said
    assert "李四 2026-11-18 论文: award level: – → City level" in said
    assert any("mentor: – → 张三" in sentence for sentence in said)


def test_a_member_in_the_registers_is_not_simply_removed(book: Book, people: People) -> None:
    add_achievement(book, people["李四"].id, "论文", kind=AchievementKind.PAPER)
    with pytest.raises(Refused, match="李四 has attendance, work, leaves or entries"):
        remove_member(book, people["李四"].id)


def test_two_entries_of_one_person_bring_their_registers_together(book: Book, people: People) -> None:
    typo = add_member(book, "张叁")
    training = add_training(book, typo.id, "写作教学", start=OCTOBER)
    pair = add_pair(book, people["李四"].id, typo.id)
    with_themselves = add_pair(book, people["张三"].id, typo.id)
    placement = place_member(book, typo.id, host_school="河湾小学", start=OCTOBER)
    contact = add_entry(book, EntryKind.CONTACT, placement=placement.id)
    merge_members(book, people["张三"].id, typo.id)
    kept = people["张三"].id
    assert book.trainings.get(training.id).member == kept
    assert book.pairs.get(pair.id).apprentice == kept
    assert with_themselves.id not in book.pairs
    (moved,) = book.placements.all()
    assert (moved.member, moved.host_school) == (kept, "河湾小学")
    assert (book.entries.get(contact.id).member, book.entries.get(contact.id).placement) == (kept, moved.id)
    place_member(book, kept, host_school="桥头小学", start=date(2025, 9, 1), until=date(2026, 6, 30))
    assert [one.host_school for one in placements_of(book, member=kept)] == ["河湾小学", "桥头小学"]


# figures as people write them


@pytest.mark.parametrize(
    ("text", "figure"), [("8", 8), ("7.5", 7.5), ("７．５", 7.5), (" 24学时", 24), ("", None), ("-2", -2)]
)
def test_figures_are_read_as_written(text: str, figure: float | None) -> None:
    assert read_figure(text) == figure


@pytest.mark.parametrize(
    ("text", "share"), [("25%", 0.25), ("1/3", 0.3333), ("0.5", 0.5), ("１００％", 1), ("", None), ("0", 0)]
)
def test_shares_are_read_as_written(text: str, share: float | None) -> None:
    assert read_share(text) == share


@pytest.mark.parametrize("text", ["many", "1e99", "nan", "--"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="is not a number"):
        read_figure(text)


@pytest.mark.parametrize("text", ["half", "120%", "3/2", "1/0", "nan", "-1"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="is not a share"):
        read_share(text)


def test_shares_are_shown_in_percent() -> None:
    assert [share_words(share) for share in (None, 0.25, 0.3333, 1)] == ["", "25%", "33.3%", "100%"]


# sessions of several days


def test_a_session_of_several_days_keeps_its_length_when_it_is_moved(book: Book) -> None:
    session = add_session(book, date=OCTOBER, until=date(2026, 10, 16), scope=Scope.REGION, cross_subject=True)
    assert (session.until, session.scope, session.cross_subject) == (date(2026, 10, 16), Scope.REGION, True)
    moved = move_session(book, session.id, date(2026, 10, 19))
    assert moved.until == date(2026, 10, 23)
    with pytest.raises(Refused, match=r"would end \(2026-10-01\) before it begins \(2026-10-19\)"):
        edit_session(book, session.id, until=date(2026, 10, 1))
    plain = edit_session(book, session.id, until=None, scope=None, cross_subject=False)
    assert (plain.until, plain.scope, plain.cross_subject) == (None, None, False)
