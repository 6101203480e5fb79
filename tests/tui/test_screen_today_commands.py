"""The commands of the day, members and schedule screens: found in both languages, and true about the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.text import select_language
from coordinator_tui.tui.screens.import_roster import ImportRoster
from coordinator_tui.tui.screens.leaves import LeavesScreen
from coordinator_tui.tui.screens.members import MembersScreen
from coordinator_tui.tui.screens.members_page import MemberScreen
from coordinator_tui.tui.screens.schedule import ScheduleScreen
from coordinator_tui.tui.screens.schedule_calendar import CalendarScreen
from coordinator_tui.tui.screens.schedule_check import CheckScreen
from coordinator_tui.tui.screens.schedule_plan import PlanScreen, SeriesScreen
from coordinator_tui.tui.screens.session_page import SessionScreen
from coordinator_tui.tui.screens.today import TodayScreen

if TYPE_CHECKING:
    from coordinator_tui.tui.commands import Command
    from coordinator_tui.tui.screen import CoordinatorScreen

SCREENS: tuple[type[CoordinatorScreen], ...] = (
    TodayScreen, MembersScreen, MemberScreen, ImportRoster, ScheduleScreen, SessionScreen, CalendarScreen, LeavesScreen,
    SeriesScreen, PlanScreen, CheckScreen,
)  # fmt: skip
DOCS = Path(__file__).parents[2] / "docs" / "commands.md"


def sections() -> dict[str, str]:
    """The reference of the command line, by command."""
    parts = DOCS.read_text(encoding="utf-8").split("\n#")
    return {part.split("\n")[0].strip("# "): part for part in parts if "coordinator-tui" in part.split("\n")[0]}


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_what_a_command_says_about_the_command_line_is_there(screen: type[CoordinatorScreen]) -> None:
    known = sections()
    for command in screen.all_commands:
        if not command.cli:
            continue
        words = command.cli.split()
        path = " ".join(["coordinator-tui", *(word for word in words if word.islower() and word.isalpha())])
        assert path in known, command.cli
        assert all(word in known[path] for word in words if word.startswith("--")), command.cli


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_every_command_does_something(screen: type[CoordinatorScreen]) -> None:
    for command in screen.all_commands:
        assert callable(getattr(screen, f"action_{command.method}", None)), command.name


@pytest.mark.parametrize(
    ("screen", "typed", "name"),
    [
        (TodayScreen, "dianming", "today.roll"),
        (TodayScreen, "qingjia", "today.absence"),
        (MembersScreen, "导入", "members.import"),
        (MembersScreen, "hb", "members.merge"),
        (MembersScreen, "duplicate", "members.merge"),
        (ScheduleScreen, "调休", "schedule.calendar"),
        (ScheduleScreen, "gaiqi", "session.move"),
        (ScheduleScreen, "minutes", "session.minutes"),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_commands_are_found_in_either_language_and_by_pinyin(
    screen: type[CoordinatorScreen], typed: str, name: str, language: str
) -> None:
    select_language(language)
    found: list[Command] = [command for command in screen.all_commands if command.rank(typed) is not None]
    select_language("en")
    assert name in {command.name for command in found}
