"""A book of a fictional school, made anew for each test, with state kept away from the user's own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.book.book import Book
from coordinator_tui.book.members import add_member
from coordinator_tui.text import select_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coordinator_tui.domain.records import Member

TODAY = date(2026, 11, 18)
"""A Wednesday in the twelfth week of the first term of 2026-2027."""


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what the program remembers outside of books in the test's own folder; speak English."""
    for variable, folder in (("XDG_STATE_HOME", "state"), ("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config")):
        monkeypatch.setenv(variable, str(tmp_path / folder))
    monkeypatch.delenv("COORDINATOR_BOOK", raising=False)
    select_language("en")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A book with a group and a term and nobody in it."""
    with Book.create(
        tmp_path / "english.coord",
        school="Riverside School",
        group="英语教研组",
        term="2026-2027-1",
        user="li",
        today=TODAY,
    ) as made:
        yield made


@pytest.fixture
def people(book: Book) -> dict[str, Member]:
    """Five members of the group, by name."""
    names = {"张三": "英语", "李四": "英语", "王五": "数学", "赵六": "语文", "阿依古丽·买买提": "英语"}
    return {name: add_member(book, name, group=book.group.id, subject=subject) for name, subject in names.items()}
