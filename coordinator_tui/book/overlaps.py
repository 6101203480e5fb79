"""What a piece of work has in common with other members' and with the member's own earlier pieces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coordinator_tui.book.members import name_of
from coordinator_tui.book.texts import text_of
from coordinator_tui.domain.overlap import Texts, share_of
from coordinator_tui.domain.vocabulary import WorkStatus
from coordinator_tui.text import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.overlap import Anchors, Passage
    from coordinator_tui.domain.records import Work


@dataclass(frozen=True, slots=True)
class Shared:
    """What a piece has in common with one other: shares from 0 to 1 of the piece's characters, and the passages.

    `text` and `other_text` are the two texts in which the passages have their places.
    """

    other: Work
    name: str
    share: float
    quoted: float
    passages: tuple[Passage, ...]
    text: str
    other_text: str

    def pairs(self) -> list[tuple[str, str]]:
        """Return each passage as it stands in the one and in the other."""
        return [(self.text[p.start : p.end], self.other_text[p.other_start : p.other_end]) for p in self.passages]

    @property
    def sentence(self) -> str:
        """Return the overlap in words: "38 % also in 李四, 2026-10-12"."""
        said = _("{percent} also in {name}, {date}").format(
            percent=percent(self.share), name=self.name, date=self.other.date.isoformat()
        )
        if self.quoted:
            said += " " + _("({percent} in quotation marks)").format(percent=percent(self.quoted))
        return said


@dataclass(frozen=True, slots=True)
class Overlaps:
    """All that a piece has in common with others, the most first; `share` is what stands in any of them."""

    work: Work
    share: float
    found: tuple[Shared, ...]


def percent(share: float) -> str:
    """Return a share in whole percent; what is not nothing is at least 1 %, what is not all at most 99 %."""
    whole = round(share * 100)
    if 0 < share < 1:
        whole = min(max(whole, 1), 99)
    return f"{whole} %"


def overlaps_of(book: Book, work: int) -> Overlaps | None:
    """Compare a piece with all others that have a text; None where its own is not kept."""
    return _compared(book, book.work.get(work), None)


def all_overlaps(book: Book, works: Iterable[Work], *, least: float = 0.0) -> list[Overlaps]:
    """Compare many pieces; those that have at least the share `least` in common with others, the most first."""
    anchors = _texts(book).anchors()
    compared = [_compared(book, work, anchors) for work in works]
    found = [one for one in compared if one is not None and one.found and one.share >= least]
    return sorted(found, key=lambda one: (-one.share, one.work.date, one.work.id))


def overlaps_json(book: Book, overlaps: Overlaps) -> dict[str, Any]:
    """Return overlaps as `work overlap --json` prints them; places count characters of the texts."""
    return {
        "work": overlaps.work.id,
        "member": overlaps.work.member,
        "name": name_of(book, overlaps.work.member),
        "date": overlaps.work.date.isoformat(),
        "title": overlaps.work.title,
        "share": round(overlaps.share, 4),
        "others": [
            {
                "work": one.other.id,
                "member": one.other.member,
                "name": one.name,
                "date": one.other.date.isoformat(),
                "title": one.other.title,
                "share": round(one.share, 4),
                "quoted": round(one.quoted, 4),
                "passages": [
                    {**passage._asdict(), "text": here}
                    for passage, (here, _there) in zip(one.passages, one.pairs(), strict=True)
                ],
            }
            for one in overlaps.found
        ],
    }


def _texts(book: Book) -> Texts:
    """Return the kept texts as they are compared, kept up to date by the book."""
    return book.index("texts", "overlap", lambda: _built(book), _updated)


def _built(book: Book) -> Texts:
    made = Texts()
    for text in book.texts:
        made.put(text.id, text.text)
    return made


def _updated(book: Book, texts: Texts, ids: Iterable[int]) -> None:
    for identity in ids:
        document = book.store.document("texts", identity)
        if document is None or not document.get("text"):
            texts.drop(identity)
        else:
            texts.put(identity, document["text"])


def _pieces(book: Book) -> dict[int, Work]:
    """Return the pieces that have a text, by the text's id."""

    def compute() -> dict[int, Work]:
        return {text.id: work for text in book.texts if (work := book.work.find(text.work)) is not None}

    return book.derived("pieces with a text", ("texts", "work"), compute)


def _compared(book: Book, work: Work, anchors: Anchors | None) -> Overlaps | None:
    mine = text_of(book, work.id)
    if mine is None:
        return None
    others = {key: other for key, other in _pieces(book).items() if _is_compared(work, other)}
    texts = _texts(book)
    found = texts.overlaps(mine.text, others, anchors)
    return Overlaps(
        work=work,
        share=share_of(mine.text, found),
        found=tuple(
            Shared(
                other=others[one.other],
                name=name_of(book, others[one.other].member),
                share=one.share,
                quoted=one.quoted,
                passages=one.passages,
                text=mine.text,
                other_text=texts.texts[one.other],
            )
            for one in found
        ),
    )


def _is_compared(work: Work, other: Work) -> bool:
    """Tell whether a piece is one to compare with: another member's, or an earlier one of the member.

    What was given back to its writer is not: the piece handed in instead is much the same.
    """
    if other.member != work.member:
        return True
    return other.status is not WorkStatus.RETURNED and (other.date, other.id) < (work.date, work.id)
