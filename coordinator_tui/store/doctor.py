"""Looking a book over: every byte of the logs, and whether data.json says the same; and putting right what can be."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; `template` with `fields` is the English sentence, `code` is stable."""

    severity: Literal["error", "warning", "note"]
    code: str
    template: str
    fields: dict[str, object] = field(default_factory=dict)
    where: tuple[str, int] | None = None  # file in the store's folder, line
    readable_until: int | None = None  # lines of that log that can be read

    def __str__(self) -> str:
        return self.template.format(**self.fields)


def doctor(folder: Path, *, repair: bool = False) -> list[Finding]:
    """Check a book; with `repair` set aside what is damaged and keep the readable part."""
    raise NotImplementedError
