"""Nothing on any screen bypasses translation: in a language that marks every translated text, no word is unmarked.

The language is ⟦pseudo⟧, the book the demo in Chinese. Every run of letters on a screen must lie within ⟦ ⟧, or be data
of the book, or be one of the exceptions named below. The same rounds tell whether every key does something, and whether
every kind of screen was seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from keyboard import at_program
from rounds import FURTHER, REGULATION, ROSTER, ROWS, SUBJECTS, TODAY, Round, Step, Stop, kinds, more_rules

from coordinator_tui.book.legends import legends
from coordinator_tui.book.rules import shipped_texts, template_text
from coordinator_tui.book.shipped import shipped
from coordinator_tui.domain.rules.draft import draft, to_yaml
from coordinator_tui.text import cells, fit, select_language
from coordinator_tui.tui import screens
from coordinator_tui.tui.areas import AREAS
from coordinator_tui.tui.commands import _KEY_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keyboard import Keyboard

    from coordinator_tui.book.book import Book

PALETTE_CELLS = 24
HAN = re.compile("[\u3400-\u9fff]")
LETTERS = re.compile(r"[^\W\d_]{2,}")  # one letter alone is a key
KEYS = re.compile(r"\b(?:ctrl|shift|Ctrl)\+\w+|\^\S|\bF\d+\b|" + "|".join(map(re.escape, _KEY_NAMES.values())))
NAMES = re.compile(
    r"coordinator-tui [^⟦⟧]*?(?=  |$|⟦|…)|\bcoordinator-tui\b"  # commands as they are typed
    r"|\b(?:CSV|Excel|Markdown|JSON|xlsx|csv|md|txt|json|zip|UTF-8|kB|MB)\b"
    r"|\b(?:li|zhao|zz)\b"  # the login names
    r"|\S*(?:/|\.coord|\.zip|\.xlsx|\.csv)\S*"  # files and folders
    r"|\b(?=[a-z]*\d)[0-9a-z]{8,}\b|(?<=… )[a-z2-9]{10}\b"  # names of copies and digests
)
MORE_BELOW = re.compile("^v", re.MULTILINE)  # the sign of a page that goes on
ROLL_LINES = ("张三迟10 李四病 王五公(开会) 其余到", "zs迟10 ls病 rest present        3迟10 7病 12公 其余到")
"""Examples of what is typed at a roll: names, pinyin and words of both languages, the same in every language."""
IDLE = {"work.grade-b", "import.next-question", "import.undecide"}
"""What shows nothing where it is so already: that grade, the only question, no answer yet."""
BASES = {"PersonActions", "SessionActions", "PieceScreen", "PieceTextScreen"}
"""What screens are made from; nobody opens them."""
BELONG = {
    "today": {"TodayScreen", "ConflictsScreen", "LeavesScreen"},
    "members": {"MembersScreen", "MemberScreen", "GroupsDialog", "ImportRoster", "TextDialog", "HistoryPage"},
    "schedule": {"ScheduleScreen", "SeriesScreen", "PlanScreen", "CalendarScreen", "CheckScreen", "SessionScreen"},
    "roll": {"RollScreen", "RollHistory"},
    "work": {
        "WorkScreen", "OwedScreen", "PiecesScreen", "ReadingsScreen", "TasksScreen", "Chooser", "PileScreen",
        "TextScreen", "OverlapScreen", "TextForm", "WeeksScreen", "ReadByScreen",
    },
    "summary": {"SummaryScreen", "MemberReport", "ExportForm"},
    "registers": {"RegistersScreen"},
    "rules": {
        "RulesScreen", "PacksScreen", "AnswersScreen", "AnswerForm", "RowScreen", "PackEditor", "UpgradeScreen",
        "CadencePlanScreen", "RuleTasksScreen", "ScoresScreen", "ScoreScreen", "HoursScreen", "HoursOfScreen",
        "DraftScreen", "DraftReviewScreen", "DraftPackScreen",
    },
    "settings": {
        "SettingsScreen", "TermsScreen", "GroupsScreen", "HistoryScreen", "BookScreen", "LegendDialog", "ReadingPage",
        "WelcomeScreen",
    },
    "welcome": {"PeopleScreen"},
}  # fmt: skip
"""Which screens each round must have seen; together they are all that there are."""
CLOSED = re.compile("⟦[^⟦⟧]*⟧")
CUT = re.compile("⟦[^⟦⟧\n]*?…")


def data_of(book: Book) -> str:
    """All that people wrote into the book, and what is shipped as data: names of days and signs of marks."""
    texts = [ROSTER, *(key for area in FURTHER.values() for keys in area for key in keys), *ROLL_LINES]
    for path in (shipped("config/legends.yaml"), shipped("config/values.yaml"), *shipped("config/calendars").iterdir()):
        texts += _texts(yaml.safe_load(path.read_text(encoding="utf-8")))
    texts += [legend.title for legend in legends().values()]
    texts += [*SUBJECTS, *shipped_texts().values(), template_text(), REGULATION, *_drafted()]
    for table in book.store.database.tables():
        texts += [text for document in book.store.documents(table).values() for text in _texts(document)]
    return "\n".join(texts)


def _drafted() -> list[str]:
    """What the regulation becomes, with nothing and with everything of it taken over."""
    found = draft(REGULATION, id="regulation")
    return [to_yaml(found, taken) for taken in ({}, dict.fromkeys((each.id for each in found.proposals), None))]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from [value] if HAN.search(value) else []
    elif isinstance(value, dict):
        yield from (text for each in value.values() for text in _texts(each))
    elif isinstance(value, (list, tuple)):
        yield from (text for each in value for text in _texts(each))


@cache
def commands_as_typed() -> re.Pattern[str]:
    """Every command's form on the command line, as the palette shows it, cut where there is no more room."""
    typed = {command.cli for kind in kinds() for command in kind.all_commands if command.cli}
    shown = {*typed, *(fit(cli, PALETTE_CELLS) for cli in typed if cells(cli) > PALETTE_CELLS)}
    return re.compile("|".join(map(re.escape, sorted(shown, key=len, reverse=True))))


def bare(text: str, data: str) -> list[str]:
    """Return the words of a screen that are neither translated nor data nor excepted."""
    for closed, by in ((CLOSED, " "), (CUT, "…"), (CLOSED, " ")):
        text = _removed(closed, text, by)
    text = MORE_BELOW.sub("", text)
    for known in (commands_as_typed(), NAMES, KEYS):
        text = known.sub(" ", text)
    return [word for word in LETTERS.findall(text) if word not in data]


def _removed(pattern: re.Pattern[str], text: str, by: str) -> str:
    while (after := pattern.sub(by, text)) != text:
        text = after
    return text


@dataclass
class Seen:
    """What a round through an area tells."""

    kinds: set[str] = field(default_factory=set)
    untranslated: list[str] = field(default_factory=list)
    idle: list[str] = field(default_factory=list)

    async def look(self, stop: Stop, keys: Keyboard, data: str) -> None:
        self.kinds.add(type(stop.screen).__name__)
        asked = (stop.steps and stop.steps[-1].command) or type(stop.screen).__name__ in ROWS
        if asked and not stop.changed and stop.steps[-1].command not in IDLE:
            self.idle.append(f"{stop}\n{keys.text}")
        for _again in range(3):
            words = bare(keys.text, data)
            if not words:
                return
            await keys.wait()  # a line that was about to be laid out anew
        self.untranslated.append(f"{stop}: {words}\n{keys.text}")


@pytest.mark.parametrize("area", [area.name for area in AREAS])
async def test_every_word_is_translated_or_data_and_every_key_does_something(busy_book: Book, area: str) -> None:
    if area == "rules":
        more_rules(busy_book)
    seen, data = Seen(), data_of(busy_book)
    select_language("pseudo")
    async with at_program(busy_book, today=TODAY) as keys:
        await Round(keys, lambda stop: seen.look(stop, keys, data), "pseudo").walk(area)
    assert not seen.untranslated, "\n\n".join(seen.untranslated)
    assert not seen.idle, "\n\n".join(seen.idle)
    assert BELONG[area] <= seen.kinds


def test_no_screen_is_left_out_of_the_rounds() -> None:
    made = {kind.__name__ for kind in kinds() if kind.__module__.startswith(screens.__name__)}
    assert made - BASES == set().union(*BELONG.values())


@pytest.mark.usefixtures("at_home")
async def test_every_word_before_there_is_a_book_is_translated() -> None:
    select_language("pseudo")
    data = "青禾小学语文组 regulation.txt"
    seen = Seen()
    async with at_program(None, today=TODAY) as keys:
        round_ = Round(keys, lambda stop: seen.look(stop, keys, data), "pseudo")
        await seen.look(Stop((), keys.app.screen, keys.lines, keys.said), keys, "")
        await round_.walk()
        await keys.press("1", "青禾小学", "enter", "语文组", "ctrl+s")
        await seen.look(Stop((), keys.app.screen, keys.lines, keys.said), keys, data)
        for key in ("1", "2", "?"):
            await seen.look(await round_.do(Step(key, key)), keys, data)
            await keys.press("escape")
    assert not seen.untranslated, "\n\n".join(seen.untranslated)
    assert not seen.idle, "\n\n".join(seen.idle)
    assert {"WelcomeScreen", "FormDialog", *BELONG["welcome"]} <= seen.kinds
