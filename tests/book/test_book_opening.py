"""Making, opening, finding and closing a book."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.book import places
from coordinator_tui.book.book import Book
from coordinator_tui.book.errors import BookUnusable, NoSuchThing, Refused
from coordinator_tui.book.members import add_member

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_book_has_its_school_group_and_term(book: Book) -> None:
    assert book.school == "Riverside School"
    assert book.group.name == "英语教研组"
    assert book.term.code == "2026-2027-1"
    assert book.user == "li"
    assert book.name == "english"


def test_what_was_entered_is_there_when_the_book_is_opened_again(tmp_path: Path) -> None:
    with Book.create(tmp_path / "a.coord", group="数学组", term="2026-2027-1", user="li") as book:
        add_member(book, "张三", group=book.group.id)
    with Book.open(tmp_path / "a.coord", user="wang") as again:
        assert [member.name for member in again.members] == ["张三"]
        assert again.user == "wang"


def test_the_day_can_be_pretended_and_is_else_the_clocks(tmp_path: Path) -> None:
    with Book.create(tmp_path / "a.coord", user="li", today=date(2026, 9, 9)) as book:
        assert book.today == date(2026, 9, 9)
    with Book.open(tmp_path / "a.coord", user="li") as book:
        assert book.today == date.today()


def test_a_folder_without_a_book_says_what_to_type_next(tmp_path: Path) -> None:
    with pytest.raises(BookUnusable) as error:
        Book.open(tmp_path / "nothing.coord", user="li")
    assert error.value.exit_code == 6
    assert "nothing.coord" in str(error.value)
    assert "coordinator-tui init" in str(error.value)


def test_a_second_book_is_not_made_over_a_first(book: Book) -> None:
    with pytest.raises(BookUnusable, match="already"):
        Book.create(book.folder, user="li")


def test_a_term_that_is_none_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="2026-1"):
        Book.create(tmp_path / "b.coord", term="2026-1", user="li")
    assert not (tmp_path / "b.coord").exists()


def test_a_book_without_term_or_group_says_how_to_add_them(tmp_path: Path) -> None:
    with Book.create(tmp_path / "b.coord", user="li") as book:
        with pytest.raises(NoSuchThing, match="term add"):
            _ = book.term
        with pytest.raises(NoSuchThing, match="groups add"):
            _ = book.group


def test_a_book_opened_for_reading_refuses_changes_and_stays_as_it_is(book: Book) -> None:
    book.close()
    with Book.open(book.folder, user="li", read_only=True) as reading:
        before = reading.version
        with pytest.raises(BookUnusable) as error:
            add_member(reading, "张三")
        assert error.value.exit_code == 6
        assert reading.version == before
        assert len(reading.members) == 0


def test_the_book_opened_last_is_the_one_to_open(tmp_path: Path) -> None:
    for name in ("one", "two"):
        Book.create(tmp_path / f"{name}.coord", user="li").close()
    assert places.chosen_book() == tmp_path / "two.coord"
    Book.open(tmp_path / "one.coord", user="li").close()
    assert places.chosen_book() == tmp_path / "one.coord"
    assert places.recent_books() == [tmp_path / "one.coord", tmp_path / "two.coord"]


def test_the_environment_names_a_book_before_the_last_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Book.create(tmp_path / "one.coord", user="li").close()
    monkeypatch.setenv("COORDINATOR_BOOK", str(tmp_path / "other.coord"))
    assert places.chosen_book() == tmp_path / "other.coord"
    assert places.chosen_book(tmp_path / "named.coord") == tmp_path / "named.coord"


def test_without_any_book_the_next_command_is_named() -> None:
    with pytest.raises(NoSuchThing, match="coordinator-tui demo"):
        places.chosen_book()


def test_a_book_that_was_removed_is_not_offered(tmp_path: Path) -> None:
    import shutil

    Book.create(tmp_path / "gone.coord", user="li").close()
    shutil.rmtree(tmp_path / "gone.coord")
    assert places.recent_books() == []


def test_a_home_that_cannot_be_written_does_not_keep_a_book_from_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(places, "state_file", lambda: tmp_path / "file" / "places.json")
    Book.create(tmp_path / "a.coord", user="li").close()
    assert places.recent_books() == []


def test_a_state_file_that_is_rubbish_counts_as_empty(tmp_path: Path) -> None:
    file = places.state_file()
    file.parent.mkdir(parents=True)
    file.write_bytes(b"\xff[")
    assert places.recent_books() == []
    places.set_preference("theme", "dark")
    assert places.preference("theme") == "dark"


def test_a_name_for_a_new_book_gets_the_ending_of_books(tmp_path: Path) -> None:
    assert places.book_folder(tmp_path / "英语组").name == "英语组.coord"
    assert places.book_folder(tmp_path / "a.coord").name == "a.coord"
