"""Sentences about a file: refusals, notes and reasons, kept as message and values until they are shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coordinator_tui.book.errors import DECISION_NEEDED, NO_SUCH_THING, REFUSED, BookError
from coordinator_tui.text import current_language, lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coordinator_tui.text import LazyText

_SHOWN = 12
_WRONG_USAGE = 2


def _comma() -> str:
    return "、" if current_language() == "zh" else ", "


def rows_text(rows: Iterable[int]) -> str:
    """Row numbers as people write them: (3, 4, 5, 9) is "3-5, 9"."""
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    shown = [str(first) if first == last else f"{first}-{last}" for first, last in runs[:_SHOWN]]
    return _comma().join(shown + ["…"] * (len(runs) > _SHOWN))


def _shown(value: object) -> object:
    if isinstance(value, (tuple, list)):
        if value and all(isinstance(part, int) for part in value):
            return rows_text(value)
        return _comma().join([*(str(part) for part in value[:_SHOWN]), *["…"] * (len(value) > _SHOWN)])
    return value


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence: a message id and the values for its placeholders; `str()` speaks the language in force.

    Tuples of numbers are shown as rows ("3-5, 9"), tuples of texts as an enumeration.
    """

    text: LazyText
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def msgid(self) -> str:
        """The English message id."""
        return self.text.message

    def __str__(self) -> str:
        return self.text.format(**{name: _shown(value) for name, value in self.params.items()})


class ImportRefused(BookError):  # noqa: N818 - named as the book names its errors
    """The input cannot be taken in and nothing was written; `str()` is the translated sentence.

    `msgid` and `params` are its parts, `code` names the kind of refusal for programs, `exit_code` is the command's.
    """

    exit_code = REFUSED

    def __init__(self, code: str, text: LazyText, **params: object) -> None:
        super().__init__(text, **params)
        self.code = code

    def __str__(self) -> str:
        return str(Message(self.text, self.params))


class WrongUsage(ImportRefused):
    """An option asks for something that does not exist, such as an unknown field."""

    exit_code = _WRONG_USAGE


class NoSuchFile(ImportRefused):
    """There is no file, or no sheet, of that name."""

    exit_code = NO_SUCH_THING


class SheetQuestion(ImportRefused):
    """Several sheets could be meant; `candidates` are their names."""

    exit_code = DECISION_NEEDED

    def __init__(self, file: str, candidates: Sequence[str]) -> None:
        text = lazy("{file} has several sheets that fit: {candidates}. Choose one with --sheet.")
        super().__init__("several-sheets", text, file=file, candidates=tuple(candidates))
        self.candidates = tuple(candidates)


class BadValue(Exception):  # noqa: N818 - named as the book names its errors
    """One cell cannot be read; `reason` says why and what would be right."""

    def __init__(self, text: LazyText, **params: object) -> None:
        super().__init__(text.message)
        self.reason = Message(text, params)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that stays out: its number as the file counts, the column's label, the value found, the reason.

    `who` is the name in the row, "" where there is none.
    """

    row: int
    column: str
    value: str
    reason: Message
    who: str = ""

    @property
    def reason_msgid(self) -> str:
        """The English message id of the reason."""
        return self.reason.msgid

    @property
    def params(self) -> Mapping[str, object]:
        """Values for the placeholders of the reason."""
        return self.reason.params

    def to_json(self) -> dict[str, object]:
        """Return the entry of `import … --json` under "refused"."""
        return {"row": self.row, "column": self.column, "value": self.value, "reason": str(self.reason)}


class Notes:
    """What the reader did without being told to, collected by sentence so that a thousand rows make one note."""

    def __init__(self) -> None:
        self._rows: dict[tuple[LazyText, tuple[tuple[str, object], ...]], list[int]] = {}

    def add(self, text: LazyText, row: int | None = None, **params: object) -> None:
        """Note a sentence; `row` joins the rows of the same sentence (placeholder {rows})."""
        rows = self._rows.setdefault((text, tuple(params.items())), [])
        if row is not None:
            rows.append(row)

    def messages(self) -> tuple[Message, ...]:
        """All notes in the order in which they were first made."""
        return tuple(
            Message(text, {**dict(params), "rows": tuple(rows)}) for (text, params), rows in self._rows.items()
        )
