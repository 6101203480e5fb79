"""A book as one zip file, and back."""

from __future__ import annotations

import os
import zipfile
from contextlib import nullcontext
from pathlib import Path, PurePosixPath

from coordinator_tui.store.errors import ArchiveError, StoreExists
from coordinator_tui.store.store import Store


def backup(folder: Path, archive: Path) -> int:
    """Write a consistent copy of a book to `archive`; returns its size in bytes.

    An older archive is only replaced whole. Raises NotAStore, DamagedStore, ArchiveError.
    """
    with Store.open(Path(folder), user="") as store:
        store.write_snapshot()
        locked = nullcontext() if store.read_only else store.exclusive()  # nobody can take the lock of such a folder
        temporary = Path(f"{archive}.tmp")
        try:
            with locked, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as target:
                for path in _members(store):
                    target.write(store.folder / path, str(path))
            with temporary.open("rb+") as done:
                os.fsync(done.fileno())
            temporary.replace(archive)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise ArchiveError(archive=str(archive), reason=error.strerror or str(error)) from error
    return Path(archive).stat().st_size


def _members(store: Store) -> list[PurePosixPath]:
    paths = [PurePosixPath("store.json")]
    if (store.folder / "data.json").exists():
        paths.append(PurePosixPath("data.json"))
    for log in store.engine.by_index:
        paths.extend(PurePosixPath("log", log.replica, f"{first}.jsonl") for first in log.segments())
    return paths


def restore(archive: Path, folder: Path) -> None:
    """Unpack an archive into a new folder, which opens as a new replica; raises ArchiveError, StoreExists, OSError."""
    folder = Path(folder)
    if folder.exists() and any(folder.iterdir()):
        raise StoreExists(folder=str(folder))
    try:
        with zipfile.ZipFile(archive) as source:
            names = [name for name in source.namelist() if not name.endswith("/")]
            if "store.json" not in names or any(not _allowed(PurePosixPath(name)) for name in names):
                raise ArchiveError(archive=str(archive), reason="this zip file does not hold a book")
            if (broken := source.testzip()) is not None:
                raise ArchiveError(archive=str(archive), reason=f"the part {broken} is damaged")
            names.sort(key=lambda name: name == "store.json")  # last, so that a half unpacked folder is no book
            for name in names:
                _unpack(source.read(name), folder / name)
    except zipfile.BadZipFile as error:
        raise ArchiveError(archive=str(archive), reason="it is not a zip file, or only a part of one") from error
    except FileNotFoundError as error:
        raise ArchiveError(archive=str(archive), reason="there is no such file") from error


def _allowed(name: PurePosixPath) -> bool:
    return name.parts in (("store.json",), ("data.json",)) or (
        len(name.parts) == 3 and name.parts[0] == "log" and name.parts[1].isalnum() and name.suffix == ".jsonl"
    )


def _unpack(data: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        target.write(data)
        target.flush()
        os.fsync(target.fileno())
