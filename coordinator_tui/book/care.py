"""Looking after a book: what it is, whether it is whole, putting a copy away."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coordinator_tui import store as database
from coordinator_tui.book.damage import SENTENCES, spoken, unusable, warning_sentence
from coordinator_tui.book.errors import NoSuchThing, Refused, no_book
from coordinator_tui.domain.lightclass import dataclass
from coordinator_tui.text import LazyText, lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coordinator_tui.book.book import Book
    from coordinator_tui.store import Finding


@dataclass(frozen=True, slots=True)
class FindingView:
    """Something that `doctor` found, as a sentence; `severity` is "error", "warning" or "note"."""

    severity: str
    code: str
    sentence: str

    def to_json(self) -> dict[str, Any]:
        """Return the finding as `doctor --json` prints it."""
        return {"severity": self.severity, "code": self.code, "message": self.sentence}


def info(book: Book) -> dict[str, Any]:
    """Where everything lies and how big it is, as `info --json` prints it."""
    from importlib.metadata import PackageNotFoundError, version

    from coordinator_tui.book import places

    with unusable(book.folder):
        about = book.store.info()
    try:
        program = version("coordinator-tui")
    except PackageNotFoundError:
        program = "0"
    return {
        "book": str(book.folder.absolute()),
        "name": book.name,
        "school": book.school,
        "store": book.store.store_id,
        "replica": book.store.replica,
        "user": book.user,
        "documents": about.documents,
        "tables": {table: len(collection) for table, collection in book.collections.items()},
        "lines": about.lines,
        "log_bytes": about.log_bytes,
        "data_bytes": about.data_bytes,
        "replicas": [
            {"replica": log.replica, "user": log.user, "lines": log.lines, "bytes": log.bytes, "waiting": log.waiting}
            for log in about.replicas
        ],
        "conflicts": about.conflicts,
        "format": about.format,
        "digest": about.digest,
        "version": program,
        "state": str(places.state_file()),
    }


def warnings(book: Book) -> list[str]:
    """Return what the user should know of the state of the book, a sentence each."""
    return [warning_sentence(warning) for warning in book.store.warnings]


def doctor(folder: Path | str, *, repair: bool = False) -> list[FindingView]:
    """Look at every file of a book (and repair what can be); [] when all is well."""
    where = Path(folder)
    if not where.is_dir():
        raise no_book(where)
    with unusable(where):
        return [_finding(finding) for finding in database.doctor(where, repair=repair)]


def backup(folder: Path | str, archive: Path | str, *, force: bool = False) -> Path:
    """Put a copy of a book into one zip file; Refused where there is a file already, unless forced."""
    target = Path(archive)
    if target.is_dir() or not target.absolute().parent.is_dir():
        raise Refused(lazy("{file} cannot be written there: name a file in a folder that there is."), file=target)
    if target.exists() and not force:
        raise Refused(lazy("{file} is there already; choose another name, or overwrite it with --force."), file=target)
    with unusable(Path(folder)), _archive_refused():
        database.backup(Path(folder), target)
    return target


def restore(archive: Path | str, folder: Path | str) -> Path:
    """Make a book of a copy, in a folder that is not there yet; Refused for a file that holds no book."""
    if not Path(archive).exists():
        raise NoSuchThing(lazy("There is no file {file}."), file=archive)
    with unusable(Path(archive)), _archive_refused():
        database.restore(Path(archive), Path(folder))
    return Path(folder)


@contextmanager
def _archive_refused() -> Iterator[None]:
    """Tell what is wrong with a zip file as something refused: it says nothing about the book."""
    try:
        yield
    except database.ArchiveError as error:
        raise Refused(SENTENCES["archive"], **spoken(error.fields)) from error


def compact(book: Book) -> None:
    """Write what is derived anew, and seal what can be sealed; changes nothing of what the book says."""
    with unusable(book.folder):
        book.store.compact()


def forget_for_others(book: Book) -> int:
    """Take what was purged out of the logs of machines that are used no more; how many lines were emptied."""
    with unusable(book.folder):
        return book.store.forget_for_others()


def purge(book: Book, table: str, ids: Iterable[int]) -> int:
    """Take what was ever written of these documents out of the log, for privacy; how many lines were emptied."""
    with unusable(book.folder):
        purged = book.store.purge(table, ids)
    book.touch(table, None)
    return purged


def _finding(finding: Finding) -> FindingView:
    return FindingView(str(finding.severity), finding.code, LazyText(finding.template).format(**spoken(finding.fields)))
