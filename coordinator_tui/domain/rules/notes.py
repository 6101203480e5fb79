"""What a reader writes down as it goes: what is wrong, which names were given, which were meant elsewhere."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from coordinator_tui.domain.rules.packerror import NotedError, PackError, hint
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from coordinator_tui.domain.rules.pack import SettingType
    from coordinator_tui.text import LazyText

MOST = 200
"""Mistakes after which a reader stops: the file is something else."""

THINGS: dict[str, LazyText] = {
    "clause": lazy("clause"),
    "requirement": lazy("requirement"),
    "cadence": lazy("cadence"),
    "assessment": lazy("assessment"),
    "part": lazy("part"),
}
"""What has ids in a pack."""


class EnoughError(Exception):
    """So much is wrong that reading on says nothing new."""


class _Wanted(NamedTuple):
    """A setting that some value refers to, and the types that would fit there."""

    key: str
    line: int
    types: Collection[SettingType]


class Notes:
    """The mistakes of one text, and its names: settings with their types, ids of clauses, requirements and so on."""

    def __init__(self) -> None:
        self.errors: list[PackError] = []
        self.settings: dict[str, SettingType | None] = {}
        self._names: dict[str, dict[str, int]] = {}
        self._wanted_settings: list[_Wanted] = []
        self._wanted_names: list[tuple[str, str, int]] = []

    def add(self, error: PackError) -> None:
        """Note a mistake."""
        self.errors.append(error)
        if len(self.errors) >= MOST:
            raise EnoughError

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Note what is refused inside, and go on after it."""
        try:
            yield
        except PackError as error:
            self.add(error)
        except NotedError:
            pass

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Raise NotedError at the end when anything inside was noted."""
        before = len(self.errors)
        yield
        if len(self.errors) > before:
            raise NotedError

    def name(self, what: str, text: str, line: int) -> None:
        """Note an id; PackError when the same was given before."""
        known = self._names.setdefault(what, {})
        if text in known:
            raise PackError(
                lazy("the id “{found}” stands in line {first} already; every {what} needs its own."),
                line=line, key="id", found=text, first=known[text], what=THINGS[what],
            )  # fmt: skip
        known[text] = line

    def want_setting(self, key: str, line: int, types: Collection[SettingType]) -> None:
        """Note that a setting of one of these types is meant; `check_references` looks whether there is one."""
        self._wanted_settings.append(_Wanted(key, line, types))

    def want(self, what: str, text: str, line: int) -> None:
        """Note that a requirement or clause of that id is meant."""
        self._wanted_names.append((what, text, line))

    def check_references(self) -> None:
        """Note every setting, requirement and clause that is meant somewhere and is nowhere."""
        for wanted in self._wanted_settings:
            with self.going_on():
                self._check_setting(wanted)
        broken = bool(self.errors)  # then nothing can be said of things that could not be read at all
        for what, text, line in self._wanted_names:
            known = self._names.get(what, {})
            if text not in known and (known or not broken):
                near, tail = hint(text, known)
                problem = lazy("there is no {what} “{found}” in this pack; {hint}")
                title = THINGS[what]
                self.add(PackError(problem, line=line, key=what, found=text, nearest=near, what=title, hint=tail))

    def _check_setting(self, wanted: _Wanted) -> None:
        if wanted.key not in self.settings:
            near, tail = hint(wanted.key, self.settings)
            raise PackError(
                lazy("there is no setting “{found}” in this pack; {hint}"),
                line=wanted.line, key="setting", found=wanted.key, nearest=near, hint=tail,
            )  # fmt: skip
        type_ = self.settings[wanted.key]
        if type_ is not None and type_ not in wanted.types:
            raise PackError(
                lazy("the setting “{found}” is of type {type}; what is needed here is {types}."),
                line=wanted.line,
                key="setting",
                found=wanted.key,
                type=type_.value,
                types=", ".join(sorted(wanted.types)),
            )
