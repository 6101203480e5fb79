"""The article of each week, and what members read in a term."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from coordinator_tui.book.groups import add_group
from coordinator_tui.book.reading_weeks import WeekState, read_by, weekly_articles
from coordinator_tui.book.readings import add_reading
from coordinator_tui.book.work import hand_in, return_work
from coordinator_tui.domain.terms import weeks_of
from coordinator_tui.domain.vocabulary import ReadingKind

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Member, Reading


def article(book: Book, title: str, month: int, day: int, group: int | None = None) -> Reading:
    return add_reading(book, title, kind=ReadingKind.ARTICLE, date=date(2026, month, day), group=group)


def test_each_week_of_the_term_shows_its_articles_or_that_it_has_none(book: Book) -> None:
    article(book, "慢下来的课堂", 9, 1)
    article(book, "二", 9, 6)
    article(book, "三", 9, 7)
    add_reading(book, "一本书", date=date(2026, 9, 15))
    weeks = weekly_articles(book)
    assert [week.number for week in weeks] == list(range(1, weeks_of(book.term) + 1))
    assert [[one.title for one in week.articles] for week in weeks[:3]] == [["慢下来的课堂", "二"], ["三"], []]
    assert (weeks[0].monday, weeks[0].sunday) == (date(2026, 8, 31), date(2026, 9, 6))
    states = [week.state for week in weeks]
    assert states[:3] == [WeekState.DONE, WeekState.DONE, WeekState.NONE]
    assert states[11] is WeekState.NOW, "18 November is in week 12"
    assert set(states[12:]) == {WeekState.COMING}


def test_a_week_of_holidays_asks_for_no_article(book: Book) -> None:
    from coordinator_tui.book.calendar import set_day
    from coordinator_tui.domain.vocabulary import DayKind

    for day in range(5, 10):
        set_day(book, date(2026, 10, day), DayKind.HOLIDAY, name="国庆节")
    assert weekly_articles(book)[5].state is WeekState.HOLIDAY
    article(book, "假期里读", 10, 6)
    assert weekly_articles(book)[5].state is WeekState.DONE


def test_articles_of_another_group_do_not_count_for_a_group(book: Book) -> None:
    other = add_group(book, "数学教研组")
    article(book, "给数学组的", 9, 1, group=other.id)
    article(book, "给大家的", 9, 8)
    mine = weekly_articles(book, group=book.group.id)
    assert [bool(week.articles) for week in mine[:2]] == [False, True]
    assert [bool(week.articles) for week in weekly_articles(book)[:2]] == [True, True]


def test_what_members_read_is_known_from_the_work_that_names_it(book: Book, people: dict[str, Member]) -> None:
    one, other = add_reading(book, "给教师的建议"), article(book, "慢下来的课堂", 9, 1)
    first = hand_in(book, people["张三"].id, reading=one.id, words=800)
    second = hand_in(book, people["张三"].id, reading=one.id, words=900)
    hand_in(book, people["张三"].id, reading=other.id)
    given_back = hand_in(book, people["李四"].id, reading=one.id)
    return_work(book, given_back.id)
    hand_in(book, people["王五"].id, reading=one.id, date=date(2026, 3, 2))
    found = {line.name: line for line in read_by(book, group=book.group.id)}
    assert (found["张三"].books, len(found["张三"].readings)) == (1, 2)
    assert {work.id for work in found["张三"].readings[0][1]} == {first.id, second.id}
    assert [found[name].readings for name in ("李四", "王五")] == [(), ()]
    (alone,) = read_by(book, member=people["张三"].id)
    assert alone.to_json()["books"] == 1
