"""History, undo, conflicts and damage, told in sentences."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.book import care
from coordinator_tui.book.book import Book
from coordinator_tui.book.collection import Collection
from coordinator_tui.book.conflicts import all_conflicts, find_conflict, resolve
from coordinator_tui.book.errors import BookUnusable, NoSuchThing, Refused
from coordinator_tui.book.fields import value_words
from coordinator_tui.book.history import redo_title, undo_title
from coordinator_tui.book.members import add_member, edit_member, remove_member
from coordinator_tui.book.schedule import add_session
from coordinator_tui.book.steps import STEPS, step_title
from coordinator_tui.book.work import hand_in, remove_work
from coordinator_tui.domain.records import Record
from coordinator_tui.domain.vocabulary import WorkKind
from coordinator_tui.text import select_language

if TYPE_CHECKING:
    from pathlib import Path

    from coordinator_tui.domain.records import Member

TODAY = date(2026, 11, 18)


def test_history_tells_who_changed_what_from_what_to_what(book: Book, people: dict[str, Member]) -> None:
    edit_member(book, people["张三"].id, subject="数学")
    newest = book.history("members", people["张三"].id)[0]
    assert (newest.by, newest.field, newest.before, newest.after) == ("li", "subject", "英语", "数学")
    assert newest.sentence() == "张三: subject: 英语 → 数学"
    assert newest.step == "Edit member 张三"
    assert len(book.history(limit=3)) == 3


def test_a_removed_thing_is_told_as_removed(book: Book) -> None:
    member = add_member(book, "张三")
    book.undo()
    line = book.history("members", member.id)[0]
    assert line.field is None
    assert "removed" in line.sentence()


def test_undo_and_redo_say_what_they_would_do(book: Book) -> None:
    assert undo_title(book) is not None
    add_member(book, "张三")
    assert undo_title(book) == "Add member 张三"
    assert redo_title(book) is None
    book.undo()
    assert redo_title(book) == "Add member 张三"


def test_there_may_be_nothing_to_undo(tmp_path: Path) -> None:
    with Book.create(tmp_path / "empty.coord", user="li") as empty:
        assert empty.undo() is None
        assert empty.redo() is None


def test_each_user_undoes_their_own_steps(book: Book) -> None:
    add_member(book, "张三")
    with Book.open(book.folder, user="wang", today=TODAY) as other:
        add_member(other, "李四")
        other.undo()
        assert [member.name for member in other.members] == ["张三"]


def test_every_step_has_a_title_in_words(book: Book) -> None:
    used = {line.step for line in book.history()}
    assert "" not in used
    for code in STEPS:
        assert not re.search("[{}]", step_title(code, {}))
    assert step_title("a.newer.version's", {}) == "a.newer.version's"
    assert step_title("work.check", {"name": "张三", "kind": "essay", "grade": "A"}) == "Check work of 张三: Essay A"


def test_values_are_told_in_words() -> None:
    assert value_words("attendance", "mark", None) == "not taken"
    assert value_words("attendance", "mark", "sick") == "Sick leave"
    assert value_words("attendance", "mark", "unheard_of") == "unheard_of"
    assert value_words("terms", "closed", True) == "yes"
    assert value_words("members", "honours", ["a", "b"]) == "a, b"


def test_a_step_that_fails_leaves_nothing_behind(book: Book) -> None:
    before = book.version
    seen = 0

    def fail_half_way() -> None:
        nonlocal seen
        with book.step("members.add", name="张三"):
            add_member(book, "张三")
            seen = len(book.members.all())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert seen == 1
    assert book.version == before
    assert book.members.all() == []


def test_several_use_cases_may_be_one_step(book: Book) -> None:
    with book.step("members.import", added=2, updated=0):
        add_member(book, "张三")
        add_member(book, "李四")
    book.undo()
    assert len(book.members) == 0


def test_a_collection_refuses_fields_that_there_are_none_of(book: Book) -> None:
    with pytest.raises(Refused, match="shoe_size"):
        book.members.add(name="张三", shoe_size=42)
    with pytest.raises(NoSuchThing) as error:
        book.members.get(12345)
    assert "member" in str(error.value)
    with pytest.raises(NoSuchThing):
        book.members.remove(12345)
    with pytest.raises(NoSuchThing):
        book.members.update(12345, name="x")


def test_ordinary_tinydb_code_is_seen_at_once(book: Book, people: dict[str, Member]) -> None:
    from tinydb import Query

    assert book.members.all()
    book.store.table("members").update({"subject": "音乐"}, Query().name == "张三")
    assert book.members.get(people["张三"].id).subject == "音乐"
    assert next(member for member in book.members if member.name == "张三").subject == "音乐"


def test_a_newer_versions_fields_survive_an_edit(book: Book, people: dict[str, Member]) -> None:
    with book.store.transaction("newer") as transaction:
        transaction.set("members", people["张三"].id, {"shoe_size": 42})
    edit_member(book, people["张三"].id, subject="数学")
    assert (book.store.document("members", people["张三"].id) or {})["shoe_size"] == 42


def on_two_machines(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, who: int) -> Book:
    """Let two machines change one member's subject, put their logs side by side, and open the book."""
    book.close()
    copy = tmp_path / "copy.coord"
    shutil.copytree(book.folder, copy)
    with Book.open(book.folder, user="li", today=TODAY) as here:
        edit_member(here, who, subject="数学")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another machine"))
    with Book.open(copy, user="wang", today=TODAY) as there:
        edit_member(there, who, subject="语文")
    for log in (copy / "log").iterdir():
        if not (book.folder / "log" / log.name).exists():
            shutil.copytree(log, book.folder / "log" / log.name)
    return Book.open(book.folder, user="li", today=TODAY)


def test_a_conflict_is_told_and_settled(
    book: Book, people: dict[str, Member], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = people["张三"].id
    with on_two_machines(book, tmp_path, monkeypatch, who) as merged:
        (view,) = all_conflicts(merged)
        assert (view.thing, view.field, set(view.values)) == ("张三", "subject", {"数学", "语文"})
        assert {value["by"] for value in view.to_json()["values"]} == {"li", "wang"}
        with pytest.raises(NoSuchThing, match="1 to 2"):
            resolve(merged, view, 3)
        choice = view.values.index("数学") + 1
        resolve(merged, find_conflict(merged, view.conflict.id), choice)
        assert all_conflicts(merged) == []
        assert merged.members.get(who).subject == "数学"
        with pytest.raises(NoSuchThing):
            find_conflict(merged, view.conflict.id)


def test_choosing_the_value_that_is_shown_settles_a_conflict_too(
    book: Book, people: dict[str, Member], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = people["张三"].id
    with on_two_machines(book, tmp_path, monkeypatch, who) as merged:
        assert len(all_conflicts(merged)) == 1
        edit_member(merged, who, subject=merged.members.get(who).subject)
        assert all_conflicts(merged) == []


def test_damage_names_file_and_line_and_the_next_command(book: Book) -> None:
    for number in range(5):
        add_member(book, f"张{number}")
    book.close()
    log = next((book.folder / "log").rglob("*.jsonl"))
    lines = log.read_bytes().split(b"\n")
    lines[3] = lines[3].replace("张".encode(), "李".encode())
    log.write_bytes(b"\n".join(lines))
    (book.folder / "data.json").unlink(missing_ok=True)
    with pytest.raises(BookUnusable) as error:
        Book.open(book.folder, user="li")
    told = str(error.value)
    assert error.value.exit_code == 6
    assert log.name in told
    assert "line 4" in told
    assert "coordinator-tui doctor" in told


def test_a_book_of_a_newer_format_can_be_read_not_changed(book: Book) -> None:
    book.close()
    manifest = book.folder / "store.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 99}))
    with Book.open(book.folder, user="li") as newer, pytest.raises(BookUnusable, match="newer version"):
        add_member(newer, "张三")


def test_a_full_disk_is_one_sentence_and_nothing_changed(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    from coordinator_tui.store.files import FileLayer

    def full(_layer: FileLayer, _fd: int, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(FileLayer, "write", full)
        with pytest.raises(BookUnusable, match="Nothing was saved"):
            add_member(book, "张三")
        assert book.members.all() == []
    add_member(book, "李四")
    assert [member.name for member in book.members] == ["李四"]


def test_what_a_book_is_and_holds(book: Book, people: dict[str, Member]) -> None:
    about = care.info(book)
    assert about["tables"]["members"] == len(people)
    assert about["school"] == "Riverside School"
    assert about["book"] == str(book.folder)
    json.dumps(about)


def test_a_copy_is_put_away_and_brought_back(book: Book, people: dict[str, Member], tmp_path: Path) -> None:
    archive = tmp_path / "备份.zip"
    care.backup(book.folder, archive)
    with pytest.raises(Refused, match="--force"):
        care.backup(book.folder, archive)
    care.backup(book.folder, archive, force=True)
    care.restore(archive, tmp_path / "again.coord")
    with Book.open(tmp_path / "again.coord", user="li") as again:
        assert len(again.members) == len(people)
    with pytest.raises(BookUnusable, match="already"):
        care.restore(archive, tmp_path / "again.coord")


def test_compacting_changes_nothing_and_purging_forgets(book: Book, people: dict[str, Member]) -> None:
    digest = book.store.digest()
    care.compact(book)
    assert book.store.digest() == digest
    care.purge(book, "members", [people["张三"].id])
    assert people["张三"].id not in book.members
    assert care.warnings(book) == []


def test_the_doctor_of_a_folder_without_a_book(tmp_path: Path) -> None:
    with pytest.raises(BookUnusable):
        care.doctor(tmp_path / "nothing")


def test_errors_speak_the_language_in_force(book: Book) -> None:
    error = NoSuchThing("There is no {thing} with the number {id}.", thing="x", id=3)
    assert str(error) == "There is no x with the number 3."
    select_language("pseudo")
    assert str(error).startswith("⟦")
    assert error.msgid.startswith("There is no")
    assert isinstance(book.members, Collection)
    assert issubclass(type(book.group), Record)


def test_what_was_removed_is_named_as_it_was_and_not_by_its_number(book: Book, people: dict[str, Member]) -> None:
    work = hand_in(book, people["张三"].id, kind=WorkKind.READING_NOTE, date=date(2026, 11, 2), title="慢下来")
    remove_work(book, work.id)
    lines = [line for line in book.history("work") if line.id == work.id]
    assert len(lines) > 1
    assert {line.thing for line in lines} == {"张三 2026-11-02 Reading note 慢下来"}
    assert str(work.id) not in lines[0].sentence()


def test_a_person_removed_is_named_in_what_went_with_them(book: Book) -> None:
    stranger = add_member(book, "错录者")
    remove_member(book, stranger.id)
    removed = [line.thing for line in book.history(limit=6) if line.field is None]
    assert removed
    assert all("错录者" in thing for thing in removed)


def test_history_says_which_lines_took_a_step_back_or_did_it_again(book: Book) -> None:
    add_member(book, "新来者")
    book.undo()
    book.redo()
    steps = [line.step for line in book.history("members")]
    assert steps[0] == "Redo: Add member 新来者"
    assert "Undo: Add member 新来者" in steps
    assert steps[-1] != steps[0]


def test_what_an_id_stands_for_is_told_by_name(book: Book, people: dict[str, Member]) -> None:
    session = add_session(book, date=date(2026, 11, 6), topic="《背影》", speaker_member=people["张三"].id)
    said = {line.field: line.sentence() for line in book.history("sessions") if line.id == session.id}
    assert said["group"].endswith(f"– → {book.group.name}")
    assert said["speaker_member"].endswith("– → 张三")
    assert not [sentence for sentence in said.values() if re.search(r"\d{9}", sentence)]
