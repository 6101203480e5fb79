"""Settings are data: what can be chosen, and what a wrong choice is answered with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coordinator_tui.book.errors import NoSuchThing, Refused
from coordinator_tui.book.settings import SPECS, time_of_day
from coordinator_tui.store import key_id

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book


def test_every_setting_has_a_title_a_help_and_a_default(book: Book) -> None:
    assert len({spec.key for spec in SPECS}) == len(SPECS)
    assert all(str(spec.title) and str(spec.help) for spec, _value in book.settings.all())
    assert book.settings.get("late_entry_days") == 3


def test_a_setting_is_kept_and_can_go_back_to_its_default(book: Book) -> None:
    book.settings.set("late_entry_days", "5")
    assert book.settings.get("late_entry_days") == 5
    book.settings.set("late_entry_days", None)
    assert book.settings.get("late_entry_days") == 3


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("late_entry_days", "soon", "not a number"),
        ("late_entry_days", "-1", "between"),
        ("lang", "fr", "zh, en"),
        ("session_start", "25:00", "time of day"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_what_would_be_right(
    book: Book, key: str, value: str, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        book.settings.set(key, value)


def test_a_setting_that_there_is_none_of_names_those_there_are(book: Book) -> None:
    with pytest.raises(NoSuchThing, match="late_entry_days"):
        book.settings.get("colour")


def test_a_value_damaged_by_hand_counts_as_the_default(book: Book) -> None:
    with book.store.transaction("by hand") as transaction:
        transaction.set("settings", key_id("setting", "late_entry_days"), {"key": "late_entry_days", "value": "soon"})
    assert book.settings.get("late_entry_days") == 3


@pytest.mark.parametrize(
    ("typed", "time"), [("8:05", "08:05"), ("15：30", "15:30"), ("１５:30", "15:30"), ("1530", "15:30")]
)
def test_times_are_read_as_people_type_them(typed: str, time: str) -> None:
    assert time_of_day(typed) == time


def test_groups_terms_and_legends_are_chosen_among_those_there_are(book: Book) -> None:
    assert book.settings.choices("default_group") == [(str(book.group.id), "英语教研组")]
    assert book.settings.choices("current_term") == [("2026-2027-1", "2026-2027-1")]
    assert "english" in dict(book.settings.choices("legend"))
    assert ("zh", "Chinese") in book.settings.choices("lang")
    assert book.settings.choices("place") == []
    book.settings.set("default_group", "英语")
    assert book.settings.get("default_group") == book.group.id
    for key, value in (("default_group", "体育组"), ("current_term", "2030-2031-1"), ("legend", "klingon")):
        with pytest.raises(NoSuchThing):
            book.settings.set(key, value)


def test_choosing_a_setting_can_be_undone(book: Book) -> None:
    book.settings.set("place", "Room 3")
    report = book.undo()
    assert report is not None
    assert "place" in report.sentence
    assert book.settings.get("place") == ""
