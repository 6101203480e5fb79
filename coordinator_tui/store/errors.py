"""What can go wrong with a store, as exceptions and warnings with a stable code and named fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar


class StoreError(Exception):
    """A failure of the store; `code` is stable, `fields` are what a translated sentence needs."""

    code: ClassVar[str] = "store"
    template: ClassVar[str] = "The store cannot do this."

    def __init__(self, **fields: object) -> None:
        super().__init__()
        self.fields = fields

    def __str__(self) -> str:
        return self.template.format(**self.fields)


class NotAStore(StoreError):  # noqa: N818 - the names say what is the matter
    """The folder holds no store.json, or one that is not ours; fields: folder, reason."""

    code = "not-a-store"
    template = "{folder} is not a book: {reason}."


class LostManifest(NotAStore):
    """The folder holds logs, but no store.json that would say whose they are; fields: folder, reason."""

    code = "lost-manifest"
    template = "{folder} has the logs of a book but no store.json; copy it from a backup or another copy."


class LostLogs(StoreError):  # noqa: N818 - the names say what is the matter
    """data.json stands for logs of which nothing is there; fields: folder, lines (how many there were)."""

    code = "lost-logs"
    template = "The logs of {folder} are missing ({lines} lines); bring its folder log back from a copy."


class StoreExists(StoreError):  # noqa: N818 - the names say what is the matter
    """There is already a store in the folder; fields: folder."""

    code = "store-exists"
    template = "{folder} already holds a book; open it, or choose another name."


class DamagedStore(StoreError):  # noqa: N818 - the names say what is the matter
    """A file is damaged in its middle; fields: file, line, reason, readable (number of lines before the damage)."""

    code = "damaged"
    template = (
        "{file}, line {line}: {reason}; the {readable} lines of this log before it are whole, "
        "so open it read-only to look, or run doctor with repair."
    )


class StoreReadOnly(StoreError, OSError):  # noqa: N818 - the names say what is the matter
    """A write was asked of a store that is open for reading; fields: folder, reason. TinyDB code expects an OSError."""

    code = "read-only"
    template = "{folder} is open for reading only: {reason}."


class NewerFormat(StoreReadOnly):
    """The store was written by a newer program; fields: folder, found, known."""

    code = "newer-format"
    template = "{folder} has format {found}, this program knows {known}: update the program to change it."


class WriteFailed(StoreError):  # noqa: N818 - the names say what is the matter
    """The disk refused a write; disk and memory are as before; fields: file, errno, reason."""

    code = "write-failed"
    template = "Nothing was saved: writing {file} failed ({reason}); the book is as it was before."

    def __init__(self, *, file: str, errno: int, reason: str) -> None:
        super().__init__(file=file, errno=errno, reason=reason)
        self.errno = errno


class StoreLocked(StoreError):  # noqa: N818 - the names say what is the matter
    """Another program of this computer kept the lock for too long; fields: folder, seconds."""

    code = "locked"
    template = "{folder} is being written by another program, waited {seconds} s; try again."


class StoreReplaced(StoreError):  # noqa: N818 - the names say what is the matter
    """The log was replaced by another while the store was open; fields: folder."""

    code = "replaced"
    template = "{folder} was replaced by another copy while it was open; close it and open it again."


class ArchiveError(StoreError):
    """An archive cannot be made or unpacked; fields: archive, reason."""

    code = "archive"
    template = "{archive}: {reason}."


@dataclass(frozen=True, slots=True)
class StoreWarning:
    """Something the user should know although work can go on; `code` is stable, `fields` fill `template`."""

    code: str
    template: str
    fields: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.fields)
