"""Achievements: papers, projects, awards, courseware; whether the original was held in hand, where it is archived."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.book.members import name_of
from coordinator_tui.book.registers import check_title, find_record
from coordinator_tui.book.terms import guard
from coordinator_tui.domain.vocabulary import AchievementKind, AwardLevel
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.collection import Value
    from coordinator_tui.domain.records import Achievement, Term

_NO_TITLE = lazy("An achievement needs a title.")


def add_achievement(
    book: Book, member: int, title: str, *, kind: AchievementKind, date: date | None = None, **fields: Value
) -> Achievement:
    """Write an achievement of a member into the register, of today unless `date` says otherwise.

    `fields`: level, grade, issuer, number, original_checked, archive, note. Refused in a closed term.
    """
    name = name_of(book, book.members.get(member).id)
    title = check_title(title, _NO_TITLE)
    day = date or book.today
    guard(book, day)
    fields = _checked(fields)
    with book.step("achievements.add", name=name, title=title):
        return book.achievements.add(member=member, title=title, kind=AchievementKind(kind), date=day, **fields)


def edit_achievement(book: Book, achievement: int, **fields: Value) -> Achievement:
    """Change an achievement; None takes a field away."""
    now = book.achievements.get(achievement)
    guard(book, now.date, fields.get("date"))
    if "title" in fields:
        fields["title"] = check_title(fields["title"], _NO_TITLE)
    if fields.get("member") is not None:
        book.members.get(fields["member"])
    fields = _checked(fields)
    name = name_of(book, fields.get("member") or now.member)
    with book.step("achievements.edit", name=name, title=fields.get("title", now.title)):
        return book.achievements.update(achievement, **fields)


def remove_achievement(book: Book, achievement: int) -> None:
    """Remove an achievement entered by mistake."""
    now = book.achievements.get(achievement)
    guard(book, now.date)
    with book.step("achievements.remove", name=name_of(book, now.member), title=now.title):
        book.achievements.remove(achievement)


def achievements_of(
    book: Book,
    *,
    term: Term | None = None,
    member: int | None = None,
    kind: AchievementKind | None = None,
    level: AwardLevel | None = None,
    first: date | None = None,
    last: date | None = None,
) -> list[Achievement]:
    """Return achievements, the latest first: of a term, of a member, of a kind, of a level, of some days."""
    found = book.achievements.where(
        lambda one: (
            (member is None or one.member == member)
            and (kind is None or one.kind is kind)
            and (level is None or one.level is level)
            and (term is None or term.start <= one.date <= term.until)
            and (first is None or one.date >= first)
            and (last is None or one.date <= last)
        )
    )
    return sorted(found, key=lambda one: (one.date, one.id), reverse=True)


def achievement_words(book: Book, achievement: Achievement) -> str:
    """Return an achievement in a few words."""
    return f"{name_of(book, achievement.member)} {achievement.date} {achievement.title}"


def find_achievement(book: Book, text: str) -> Achievement:
    """Return the achievement meant by its number, its title or the member; NoSuchThing, or DecisionNeeded."""
    return find_record(
        book,
        "achievements",
        text,
        achievements_of(book),
        people=lambda one: (one.member,),
        words=lambda one: achievement_words(book, one),
    )


def achievement_json(book: Book, achievement: Achievement) -> dict[str, Any]:
    """Return an achievement as `achievements list --json` prints it."""
    return {
        "id": achievement.id,
        "member": achievement.member,
        "name": name_of(book, achievement.member),
        "title": achievement.title,
        "kind": achievement.kind.value if achievement.kind else None,
        "date": achievement.date.isoformat(),
        "level": achievement.level.value if achievement.level else None,
        "grade": achievement.grade,
        "issuer": achievement.issuer,
        "number": achievement.number,
        "original_checked": achievement.original_checked,
        "archive": achievement.archive,
        "note": achievement.note,
    }


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    checked = dict(fields)
    if checked.get("level") is not None:
        checked["level"] = AwardLevel(checked["level"])
    if checked.get("kind") is not None:
        checked["kind"] = AchievementKind(checked["kind"])
    if "original_checked" in checked:
        checked["original_checked"] = checked["original_checked"] or None  # no is the same as not said
    return checked
