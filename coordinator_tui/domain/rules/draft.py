"""A pasted regulation becomes a draft of a rule pack: what it seems to ask for, and what a person must see."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from coordinator_tui.domain.rules.draft_find import find
from coordinator_tui.domain.rules.draft_lost import breaks_off, garbled
from coordinator_tui.domain.rules.draft_outline import Kind, Part, Piece, is_heading, joined, parts, path_id, pieces
from coordinator_tui.domain.rules.draft_parts import Doubt, Draft, DraftClause, Flag, Line, Regulation
from coordinator_tui.domain.rules.draft_yaml import to_yaml
from coordinator_tui.text.cleaning import Cleaned, clean_regulation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Draft", "draft", "to_yaml"]

_SHORT = 25


def draft(text: str | Cleaned, *, id: str, title: str | None = None) -> Draft:  # noqa: A002 - as a pack calls it
    """Read a regulation, or several that were glued together; a plain text is cleaned first.

    `title` is for a text that has none. Every number is quoted from the text; where it lost one, or never had one, the
    proposal is flagged and has no number. Never raises.
    """
    cleaned = text if isinstance(text, Cleaned) else clean_regulation(text)
    lines = [Line(number, line) for number, line in zip(cleaned.lines, cleaned.text.split("\n"), strict=True)]
    found = parts(lines, title)
    regulations = [_regulation(part, title) for part in found]
    body = [each for each in regulations if not _is_cover(each, len(regulations))]
    cover = [each for each in regulations if each not in body]
    preface = "\n".join(clause.text for each in cover for clause in each.clauses)
    name = title or (cover[0].title if cover else body[0].title)
    if len(body) > 1:
        body = [_prefixed(each, f"{place}-") for place, each in enumerate(body, 1)]
    counted = {kind.value: count for kind, count in cleaned.counts.items()}
    return Draft(id=id, title=name, regulations=tuple(body), preface=preface, removed=counted)


def _is_cover(regulation: Regulation, count: int) -> bool:
    """Whether it is only the title of a collection, perhaps with a sentence of preface."""
    numbered = [clause for clause in regulation.clauses if clause.id != "0"]
    return count > 1 and not numbered and not regulation.proposals and sum(map(_length, regulation.clauses)) < 200


def _prefixed(regulation: Regulation, prefix: str) -> Regulation:
    """Put the regulation's number before the ids of its clauses and proposals."""
    return replace(
        regulation,
        clauses=tuple(
            replace(
                clause,
                id=prefix + clause.id,
                proposals=tuple(
                    replace(each, id=prefix + each.id, clause=prefix + clause.id) for each in clause.proposals
                ),
            )
            for clause in regulation.clauses
        ),
    )


def _length(clause: DraftClause) -> int:
    return len(clause.text)


_APPLIES = re.compile("(?:适用于|对象为|适用范围[为是:：])([^。,，;；\n]{2,40})")


def _regulation(part: Part, title: str | None) -> Regulation:
    whole = pieces(part.lines)
    if len(whole) == 1 and whole[0].mark is None and len(whole[0].lines) > 1:
        whole = [Piece(None, (), line.number, [line]) for line in whole[0].lines]
    articles = any(piece.mark and piece.mark.kind is Kind.ARTICLE for piece in whole)
    ids = _ids(whole, articles=articles)
    empty = _empty_headings(whole)
    clauses = tuple(
        _clause(piece, ids[place], empty=place in empty, last=piece is whole[-1])
        for place, piece in enumerate(whole)
        if not (piece.children and is_heading(piece.text))
    )
    applies = next((found[1] for clause in clauses if (found := _APPLIES.search(clause.text))), "")
    return Regulation(title=part.title or title or "", line=part.line, applies=applies, clauses=clauses)


def _ids(whole: Sequence[Piece], *, articles: bool) -> list[str]:
    """Return ids by number; one that is taken already gets a number behind it."""
    taken: set[str] = set()
    again: Counter[str] = Counter()
    ids = []
    for place, piece in enumerate(whole):
        own = id_ = path_id(piece, articles=articles) if piece.mark or not place else f"p{place}"
        while id_ in taken:
            again[own] += 1
            id_ = f"{own}-{again[own] + 1}"
        ids.append(id_)
        taken.add(id_)
    return ids


def _empty_headings(whole: Sequence[Piece]) -> set[int]:
    """Places of headings that nothing follows, where clauses of their kind have a text."""
    leaves = [place for place, piece in enumerate(whole) if piece.mark and not piece.children]
    bare = {place for place in leaves if len(whole[place].lines) < 2 and is_heading(whole[place].text)}
    kinds = {place: piece.mark.kind for place, piece in enumerate(whole) if piece.mark}
    alike, alike_bare = Counter(kinds[place] for place in leaves), Counter(kinds[place] for place in bare)
    empty = {place for place in bare if alike_bare[kinds[place]] * 2 < alike[kinds[place]]}
    return empty | {place for place in leaves if not whole[place].text}


def _clause(piece: Piece, id_: str, *, empty: bool, last: bool) -> DraftClause:
    text, starts = joined(piece.lines)
    headings = tuple(above.text.split("\n")[0] for above in piece.above)
    number = piece.mark.written if piece.mark and not piece.mark.lost else ""
    return DraftClause(
        id=id_,
        number=number.strip(),
        path=headings,
        text=text,
        line=piece.line,
        proposals=tuple(find(id_, text, starts, headings)),
        doubts=tuple(_doubts(piece, text, starts, empty=empty, last=last)),
    )


def _doubts(piece: Piece, text: str, starts: list[tuple[int, int]], *, empty: bool, last: bool) -> Iterator[Doubt]:
    if piece.mark and piece.mark.lost:
        yield Doubt(Flag.LOST_NUMBER, piece.line, (piece.mark.written + text)[:16].split("\n")[0])
    if empty:
        yield Doubt(Flag.EMPTY, piece.line, text[:30])
    elif _truncated(piece, text, last=last):
        yield Doubt(Flag.TRUNCATED, starts[-1][1] if starts else piece.line, text[-12:].replace("\n", " "))
    for at, words in garbled(text):
        line = max((number for start, number in starts if start <= at), default=piece.line)
        yield Doubt(Flag.GARBLED, line, words)


def _truncated(piece: Piece, text: str, *, last: bool) -> bool:
    """Whether a clause breaks off: it ends in a comma, or it is the last, long, and without an end."""
    if not text or piece.children:
        return False
    end = text.rstrip()[-1:]
    return end in ",，、" or end == "…" or text.endswith("...") or (last and len(text) > _SHORT and breaks_off(text))
