"""`achievements`: list, add, edit, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator_tui.cli.common import (
    command,
    date_option,
    decide,
    done,
    given,
    json_option,
    note_option,
    yes_option,
)
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.output import emit_json, emit_table, title
from coordinator_tui.cli.register_parts import (
    changes_of,
    first_filter,
    last_filter,
    member_filter,
    member_id,
    member_option,
    only_term,
    term_filter,
    title_option,
    with_options,
)
from coordinator_tui.cli.shape import Decorator, Group, argument, option
from coordinator_tui.cli.values import ACHIEVEMENT, MEMBER, TEXT, CodeType
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from coordinator_tui.domain.vocabulary import AchievementKind

KIND, LEVEL = CodeType("AchievementKind"), CodeType("AwardLevel")
FIELDS: tuple[Decorator, ...] = (
    date_option("--date", about=lazy("When it was given or published (default: today).")),
    option("--level", metavar="CODE", type=LEVEL, about=lazy("Level.")),
    option("--grade", metavar="TEXT", type=TEXT, about=lazy("Grade, such as a first prize.")),
    option("--issuer", metavar="TEXT", type=TEXT, about=lazy("Who gave or published it.")),
    option("--number", metavar="TEXT", type=TEXT, about=lazy("Number of the certificate or of the issue.")),
    option("--original/--no-original", "original_checked", default=None, about=lazy("The original was held in hand.")),
    option("--archive", metavar="TEXT", type=TEXT, about=lazy("Archive number.")),
    note_option,
)
achievement_argument = argument(
    "achievement",
    type=ACHIEVEMENT,
    about=lazy("Its number, its title or a piece of it, or the member if there is only one."),
)


@command(
    "list",
    lazy("List achievements, the latest first."),
    "coordinator-tui achievements list --kind paper --level province",
    "coordinator-tui achievements list --member 张三 --json",
)
@member_filter
@option("--kind", "-k", metavar="CODE", type=KIND, about=lazy("Only this kind."))
@option("--level", metavar="CODE", type=LEVEL, about=lazy("Only this level."))
@term_filter
@first_filter
@last_filter
@json_option
@pass_call
def list_achievements(call: Call, member: str | None, term: str | None, *, as_json: bool, **filters: Any) -> None:  # noqa: ANN401 - click's
    """Print achievements."""
    from coordinator_tui.book.achievements import achievement_json, achievements_of
    from coordinator_tui.book.members import name_of

    with call.open(read_only=True) as book:
        found = achievements_of(book, member=member_id(book, member), term=only_term(book, term), **filters)
        if as_json:
            emit_json([achievement_json(book, achievement) for achievement in found])
            return
        lines = [
            (
                x.id, name_of(book, x.member), x.title, title(x.kind), title(x.level), x.grade, x.issuer, x.date,
                x.number, _("yes") if x.original_checked else _("no"), x.archive,
            )
            for x in found
        ]  # fmt: skip
        headers = [
            _("Number"), _("Name"), _("Achievement"), _("Kind"), _("Award level"), _("Award grade"), _("Issued by"),
            _("Date"), _("Certificate or issue"), _("Original checked"), _("Archive number"),
        ]  # fmt: skip
        emit_table(lines, headers, plain=call.plain)


@command(
    "add",
    lazy("Register an achievement."),
    "coordinator-tui achievements add 张三 读写结合初探 --kind paper --level province --grade 二等奖 --original",
    "coordinator-tui achievements add 李四 优秀辅导教师 --kind honour --date 2026-10-20",
)
@argument("member", type=MEMBER, about=lazy("Whose achievement."))
@argument("title", type=TEXT, about=lazy("What it is called."))
@option("--kind", "-k", metavar="CODE", type=KIND, required=True, about=lazy("Kind of achievement."))
@with_options(FIELDS)
@json_option
@pass_call
def add_achievement(
    call: Call, member: str, title: str, kind: AchievementKind, *, as_json: bool, **fields: Any  # noqa: ANN401 - click's
) -> None:  # fmt: skip
    """Write an achievement."""
    from coordinator_tui.book import achievements
    from coordinator_tui.book.members import find_member

    with call.open() as book:
        who = find_member(book, member).id
        added = achievements.add_achievement(book, who, title, kind=kind, **given(**fields))
        done(_("Noted: {thing}.").format(thing=achievements.achievement_words(book, added)))
        if as_json:
            emit_json(achievements.achievement_json(book, added))


@command(
    "edit",
    lazy("Change an achievement; an empty value takes it away."),
    "coordinator-tui achievements edit 读写结合初探 --original --archive A-17",
)
@achievement_argument
@title_option
@member_option
@option("--kind", "-k", metavar="CODE", type=KIND, about=lazy("Kind of achievement."))
@with_options(FIELDS)
@pass_call
def edit_achievement(call: Call, achievement: str, member: str | None, **fields: Any) -> None:  # noqa: ANN401 - click's
    """Write changed fields of an achievement."""
    from coordinator_tui.book import achievements

    with call.open() as book:
        changes = changes_of("--archive", member=member_id(book, member), **fields)
        found = achievements.find_achievement(book, achievement)
        changed = achievements.edit_achievement(book, found.id, **changes)
        done(_("Changed {name}.").format(name=achievements.achievement_words(book, changed)))


@command(
    "remove", lazy("Remove an achievement entered by mistake."), "coordinator-tui achievements remove 读写结合初探"
)
@achievement_argument
@yes_option
@pass_call
def remove_achievement(call: Call, achievement: str, *, yes: bool) -> None:
    """Remove an achievement."""
    from coordinator_tui.book import achievements

    with call.open() as book:
        found = achievements.find_achievement(book, achievement)
        name = achievements.achievement_words(book, found)
        if decide(_("Remove {name} from the book?").format(name=name), yes=yes):
            achievements.remove_achievement(book, found.id)
            done(_("Removed {name}.").format(name=name))


COMMAND = Group(
    "achievements",
    commands=[list_achievements, add_achievement, edit_achievement, remove_achievement],
    examples=("coordinator-tui achievements list",),
)
