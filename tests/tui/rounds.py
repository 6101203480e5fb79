"""A person who goes round the whole program and presses every key of every screen, page, form and question."""

from __future__ import annotations

import asyncio
import pkgutil
import re
import shutil
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from keyboard import NAMED, Keyboard
from textual.events import Key
from textual.keys import _character_to_key

from coordinator_tui.book import rules
from coordinator_tui.book.book import Book
from coordinator_tui.book.demo import write_demo
from coordinator_tui.book.members import edit_member
from coordinator_tui.text import select_language
from coordinator_tui.tui import screens
from coordinator_tui.tui.frame import Commanded
from coordinator_tui.tui.helppage import HelpPage
from coordinator_tui.tui.palette import Palette
from coordinator_tui.tui.screen import CoordinatorScreen, Dialog
from coordinator_tui.tui.widgets.form import FormDialog
from coordinator_tui.tui.widgets.lineinput import LineInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from coordinator_tui.tui.app import CoordinatorApp

TODAY = date(2026, 11, 20)
MOST_ESCAPES = 9
ROUNDS_OF_MESSAGES = 3
FIRST_SCREENS = {
    "TodayScreen", "MembersScreen", "ScheduleScreen", "RollScreen", "WorkScreen", "SummaryScreen", "RegistersScreen",
    "RulesScreen",
}  # fmt: skip
"""What the areas begin with; each is gone round once, however one gets there."""
ROWS = {"SettingsScreen": 16}
"""Screens whose rows lead to different places, and how many rows are tried there."""
ELSEWHERE = {
    "app.quit", "app.leave", "app.back", "app.redraw", "app.stay", "app.undo", "app.redo", "dialog.back",
    "form.down", "form.up", "welcome.demo",
}  # fmt: skip
"""What does the same everywhere, or leads into another book; the tests of the frame and of the welcome press them."""
ROSTER = "姓名,学科,出生年月,教研组\n赵六,美术,1990-03,艺体组\n王伟,,1988-05,\n陈静,数学,1985.1,\n王伟,体育,,\n"
"""A roster with somebody new, a question, a date that may mean two months, and one name twice."""
REGULATION = "教师学习制度\n一、每月写一篇读书笔记。\n二、每学期听课不少于节。\n三、定期举办教学研讨会。\n"
"""A regulation that lost a number, in a file beside the roster."""
SUBJECTS = ("书法", "道法")
"""What two machines say of one member."""
FURTHER: dict[str, tuple[tuple[str, ...], ...]] = {
    "members": (("i", "roster.csv", "enter"), ("p", "孙七，周八 王伟", "f2")),
    "roll": ((":", "没有病 罗景行迟", "enter"), (":", "ctrl+u", "罗景行迟10 其余到"), ("/", "zz")),
    "summary": (("tab",), ("tab", "enter"), ("tab", "tab"), ("tab", "tab", "tab")),
    "registers": (("tab",), ("tab", "tab"), ("tab", "tab", "tab"), ("tab", "tab", "tab", "tab"), ("/", "zz")),
    "rules": (
        ("home", "down", "down", "enter"),
        ("home", "down", "down", "enter", "home", "enter"),
        ("home", "down", "down", "down", "down", "p", "ctrl+s"),
        ("o",),
        ("m", "luo", "enter"),
        ("a", "end", "enter"),
        ("n", "regulation.txt", "enter"),
        ("n", "regulation.txt", "enter", "f2"),
    ),
    "work": (("p", "y", "问完先在心里数三下，再看一眼坐在角落的同学。", "f2", "o"),),
    "settings": (("o", "1"),),
}
"""Keys, and texts to type, that lead to more than single commands do, by area; of the first, everything is pressed."""
_DATA = re.compile(r"[\u4e00-\u9fff·《》：]|\d")


@cache
def kinds() -> list[type[Commanded]]:
    """Every kind of screen, dialog and app."""
    for module in pkgutil.iter_modules(screens.__path__):
        import_module(f"{screens.__name__}.{module.name}")
    found = [Commanded]
    for kind in found:
        found += [below for below in kind.__subclasses__() if below not in found]
    return [kind for kind in found if kind.__module__.startswith("coordinator_tui.")]


def demo_with_a_conflict(folder: Path, language: str = "zh") -> Path:
    """Write the demo, and let two machines disagree about a member in it."""
    demo = write_demo(folder / "demo.coord", language=language, today=TODAY)
    apart = folder / "apart.coord"
    shutil.copytree(demo, apart)
    for place, user, subject in zip((demo, apart), ("li", "zhao"), SUBJECTS, strict=True):
        with Book.open(place, user=user, today=TODAY, remember=False) as book:
            edit_member(book, min(member.id for member in book.members), subject=subject)
    for log in (apart / "log").iterdir():
        if not (demo / "log" / log.name).exists():
            shutil.copytree(log, demo / "log" / log.name)
    shutil.rmtree(apart)
    return demo


def more_rules(book: Book) -> None:
    """Put a pack about credit hours in force too, and let a newer version of every pack be shipped."""
    rules.adopt(book, "hours")
    for each in rules.packs(book):
        book.packs.update(each.record.id, shipped=f"{each.record.text}\n# older")


@dataclass(frozen=True)
class Step:
    """One thing to do: a command (by its key where it has one), or a key alone, after some other keys."""

    key: str = ""
    command: str = ""
    first: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join([*self.first, f"{self.command} ({self.key})" if self.command else self.key])


@dataclass
class Stop:
    """What was seen after the last of some steps."""

    steps: tuple[Step, ...]
    screen: Any
    lines: list[str]
    said: str
    changed: bool = True
    """Whether a person can see that something happened, or was told something."""
    opened: bool = True
    """Whether another screen is on top than before the last step."""

    def __str__(self) -> str:
        return " > ".join(map(str, self.steps))


@dataclass
class Round:
    """A walk from home into every screen that a command or Enter opens, and every command pressed there."""

    keys: Keyboard
    see: Callable[[Stop], Any]
    language: str
    once: bool = False
    """Whether each command is pressed only where it is met first, and each kind of screen is gone into once."""
    seen: set[tuple[type[Any], str]] = field(default_factory=set)
    pressed: set[str] = field(default_factory=set)

    @property
    def app(self) -> CoordinatorApp:
        return self.keys.app

    # ---- the walk

    async def walk(self, area: str = "") -> None:
        """Go everywhere from an area, or from where the program begins, and press everything there."""
        book = self.app.book
        first = (Step(self.app.areas[area].keys[0], f"area.{area}"),) if area else ()
        further = [(*first, *map(Step, keys)) for keys in FURTHER.get(area, ())]
        waiting = [first, *further]
        while waiting:
            steps = waiting.pop(0)
            await self.start(steps)
            if steps in further:
                await self.look(Stop(steps, self.app.screen, self.keys.lines, self.keys.said))
            if self.is_typing:
                continue  # every key is text here
            first_of_further = steps in further[:1]
            if first_of_further or (self.place not in self.seen and (len(steps) <= 1 or not self.at_a_first_screen)):
                self.seen.add(self.place)
                waiting += await self.press_everything(steps, anew=first_of_further)
        assert self.app.book is book

    async def press_everything(self, steps: tuple[Step, ...], *, anew: bool = False) -> list[tuple[Step, ...]]:
        """Press every command of the screen on top; return the ways to the screens that opened.

        `anew`: begin anew for each, where a first Escape would leave what the steps led to.
        """
        place, opened = self.place, []
        for step in list(self.offered()):
            if self.once and step.command in self.pressed:
                continue
            self.pressed |= {step.command} - {""}
            if anew or self.place != place:
                await self.start(steps)
            if self.place != place:
                continue  # what was done here has closed the way
            stop = await self.do(step, after=steps)
            await self.look(stop)
            if not stop.opened:
                if not anew:
                    self.close_what_is_open()
                continue
            if not isinstance(stop.screen, (HelpPage, Palette)):
                opened.append(stop.steps)
            await self.press("escape")
        return opened

    async def look(self, stop: Stop) -> None:
        """Hand on what is seen; a coroutine function may do more with the screen."""
        answer = self.see(stop)
        if asyncio.iscoroutine(answer):
            await answer

    async def start(self, steps: tuple[Step, ...]) -> None:
        await self.home()
        for step in steps:
            await self.take(step)

    async def home(self) -> None:
        """Press Escape until nothing more is left; a round that cannot get home fails here."""
        for _ in range(MOST_ESCAPES):
            if self.at_home:
                break
            await self.press("escape")
        assert self.at_home, f"Esc does not lead back from {self.app.screen!r}:\n{self.keys.text}"
        select_language(self.language)

    @property
    def at_home(self) -> bool:
        return len(self.app.screen_stack) == 1 and self.app.current_mode == self.app._home

    @property
    def is_typing(self) -> bool:
        """Whether somebody types into a line of a screen, not of a form."""
        return isinstance(self.app.screen, CoordinatorScreen) and isinstance(self.app.focused, LineInput)

    @property
    def at_a_first_screen(self) -> bool:
        return type(self.app.screen).__name__ in FIRST_SCREENS

    def close_what_is_open(self) -> None:
        """Close a line to type in that a command opened within the screen: it would take the next keys."""
        screen = self.app.screen
        if isinstance(screen, CoordinatorScreen):
            for _ in range(MOST_ESCAPES):
                if not screen.go_back():
                    break

    # ---- places and what they offer

    @property
    def place(self) -> tuple[type[Any], str]:
        """What kind of screen is on top; the same form for another person is the same."""
        screen: Any = self.app.screen
        title = screen.title_text() if isinstance(screen, Dialog) else str(screen.heading)
        return type(screen), "" if self.once else _DATA.sub("", title)

    def offered(self) -> Iterator[Step]:
        """What can be done on the screen on top: its commands, the help and the palette, and Enter."""
        screen = self.app.screen
        commands: Any = screen.usable() if isinstance(screen, Dialog) else self.app.usable_commands(screen)
        for command in commands:
            if command.name not in ELSEWHERE and not command.name.startswith(("area.", "welcome.recent")):
                yield Step(command.keys[0] if command.keys else "", command.name)
        for row in range(1 if self.once else ROWS.get(type(screen).__name__, 1)):
            yield Step("enter", first=("home", *["down"] * row))

    # ---- single steps

    async def do(self, step: Step, after: tuple[Step, ...] = ()) -> Stop:
        """Do one thing and tell what could be seen of it."""
        self.app.say("")
        for key in step.first:
            await self.press(key)
        before, place = self.state(), self.place
        await self.take(Step(step.key, step.command))
        if self.state() == before:
            await self.keys.wait()  # it may only have been slow
        changed = self.state() != before or bool(self.told())
        opened = self.place != place
        return Stop((*after, step), self.app.screen, self.keys.lines, self.keys.said, changed=changed, opened=opened)

    async def take(self, step: Step) -> None:
        """Press a key, or do a command that has none as the palette does."""
        for key in step.first:
            await self.press(key)
        if step.key:
            await self.press(step.key)
            return
        offers = self.app.palette_commands(self.app.screen)
        await self.app.run_command(*next(offer for offer in offers if offer[0].name == step.command))
        await self.settle()

    async def press(self, key: str) -> None:
        """Press a key by its name, or type a text."""
        if key in NAMED or "+" in key[:-1]:
            await self.app.on_event(Key(key, None))
        else:
            for character in key:
                await self.app.on_event(Key(_character_to_key(character), character))
        await self.settle()

    async def settle(self) -> None:
        """Let the screen do what it has to; much quicker than waiting until nothing happens any more."""
        for _ in range(ROUNDS_OF_MESSAGES):
            await self.keys._pilot._wait_for_screen()
            await asyncio.sleep(0)
            self.app.screen._on_timer_update()

    def told(self) -> str:
        """The sentence that a form shows, or that stands in the status line."""
        screen = self.app.screen
        problems: list[Any] = list(screen.query(".problem, #problem")) if isinstance(screen, FormDialog) else []
        return self.keys.said or next((line.plain for line in problems if line.display and line.plain), "")

    def state(self) -> tuple[object, ...]:
        """Everything that a person could see change: screens, text with its looks, the book."""
        strips = self.app.screen._compositor.render_strips()
        painted = tuple(tuple((part.text, part.style) for part in strip) for strip in strips)
        return tuple(id(screen) for screen in self.app.screen_stack), painted, self.app.book_version
