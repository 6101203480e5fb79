"""How marks are printed: a legend gives each mark a glyph; what is stored is always the meaning."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.errors import DomainError
from coordinator_tui.domain.lightclass import dataclass
from coordinator_tui.domain.vocabulary import Mark
from coordinator_tui.text import current_language, lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS = {
    Mark.PRESENT: "√",
    Mark.LATE: "迟",
    Mark.LEFT_EARLY: "退",
    Mark.SICK: "病",
    Mark.PERSONAL: "事",
    Mark.OFFICIAL: "公",
    Mark.OTHER_LEAVE: "假",
    Mark.ABSENT: "旷",
    Mark.EXEMPT: "免",
}


@dataclass(frozen=True, slots=True)
class Legend:
    """Glyphs for all marks under a name; `titles` are the legend's own titles by language ("zh", "en").

    `complete` is False where the school's original leaves marks open, which then print as one-character words.
    """

    name: str
    titles: Mapping[str, str]
    glyphs: Mapping[Mark, str]
    complete: bool = True

    @property
    def title(self) -> str:
        """Title in the language in force."""
        return self.titles.get(current_language()) or self.titles.get("en") or self.name

    def glyph(self, mark: Mark | None) -> str:
        """Return what is printed for a mark; nothing for not taken."""
        return "" if mark is None else self.glyphs[mark]

    @property
    def ambiguous(self) -> dict[str, tuple[Mark, ...]]:
        """Glyphs that stand for more than one mark: a sheet printed so cannot be read back without asking."""
        times = Counter(self.glyphs.values())
        return {
            glyph: tuple(mark for mark, own in self.glyphs.items() if own == glyph)
            for glyph, count in times.items()
            if count > 1
        }

    def meaning(self, glyph: str) -> tuple[Mark, ...]:
        """Return the marks that a glyph may stand for."""
        return tuple(mark for mark, own in self.glyphs.items() if own == glyph.strip())


DEFAULT = Legend("default", {"en": "One character for each mark", "zh": "一字符号"}, _WORDS)
"""The legend that cannot be misread and survives photocopying; used where no other is chosen."""


def legend_from(name: str, data: Mapping[str, Any]) -> Legend:
    """Build a legend from its entry in the configuration: `{titles: {...}, glyphs: {mark: glyph}}`.

    Marks that it leaves out print as in the default legend. Raises DomainError for a mark that does not exist or a
    glyph that is not text.
    """
    glyphs = data.get("glyphs") or {}
    own: dict[Mark, str] = {}
    for code, glyph in glyphs.items():
        if code not in set(Mark) or not isinstance(glyph, str) or not glyph.strip():
            raise DomainError(
                lazy("Legend “{legend}”: {code}: {glyph} is not a mark with its sign; marks are {marks}."),
                field="glyphs",
                legend=name,
                code=code,
                glyph=glyph,
                marks=", ".join(Mark),
            )
        own[Mark(code)] = glyph.strip()
    missing = {mark: word for mark, word in _WORDS.items() if mark not in own}
    ordered = {mark: own.get(mark) or missing[mark] for mark in Mark}
    return Legend(name, dict(data.get("titles") or {}), ordered, complete=not missing)


def legends_from(data: Mapping[str, Any]) -> dict[str, Legend]:
    """Build all legends of the parsed configuration, by name; the default one is always among them."""
    found = {name: legend_from(name, entry) for name, entry in (data.get("legends") or {}).items()}
    return {DEFAULT.name: DEFAULT} | found
