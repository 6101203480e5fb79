"""A book that came from elsewhere with texts that do harm is shown on every screen: whole, aligned, and harmless.

What is typed here is cleaned where it comes in; another program may have written anything into a folder that is shared.
"""

from __future__ import annotations

import re
from itertools import cycle
from typing import TYPE_CHECKING, Any

import pytest
from keyboard import at_program
from rounds import TODAY, Round, Stop

from coordinator_tui.text import cells, select_language
from coordinator_tui.tui.areas import AREAS
from coordinator_tui.tui.widgets.linelist import LineList

if TYPE_CHECKING:
    from keyboard import Keyboard

    from coordinator_tui.book.book import Book

HARM = (
    "[/]", "[/b]", "[b]x", "[A]", "[link=x]y", "[on]", "[a='b]", "a='b'][", "x [b", "\\[", "$name {name} %s {0}",
    "\x1b]0;owned\x07", "\x1b[2J\x1b[31m", "\x9b31m红", "\x00\x07\x08", "\r改行\n换行\t制表", "\u2028行\u2029段",
    "\u202e倒写\u202c", "\u2066隔\u2069离", "\u200b零\u200d宽\ufeff", "e\u0301\u0327n\u0303", "長" * 30, "long" * 15,
    "👨‍👩‍👧‍👦🏳️‍🌈👍🏽", "䶮𬭎𠮷㐂", "שלום עולם مرحبا", "ｆｕｌｌ　ｗｉｄｔｈ", "①→★—…“”", "", " ", "=cmd|' /C calc'!A0",
)  # fmt: skip
TEXTS = {
    "members": ("name", "subject", "note", "phone", "title", "stage"),
    "groups": ("name", "note"),
    "sessions": ("topic", "plan", "place", "speaker", "host", "recorder", "question", "minutes", "reason"),
    "series": ("title", "name", "place"),
    "readings": ("title", "author", "recommended_by", "note"),
    "assignments": ("title", "note"),
    "work": ("title", "note", "reason", "checker"),
    "leaves": ("reason", "approved_by", "note"),
    "attendance": ("note",),
    "calendar": ("name",),
}
RAW = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def harm(book: Book) -> None:
    """Write the harmful texts straight into the documents, as another program could; each field gets each in turn."""
    texts = cycle(HARM)
    with book.store.transaction("elsewhere") as transaction:
        for table, fields in TEXTS.items():
            for identity, document in list(book.store.documents(table).items()):
                transaction.set(table, identity, {field: next(texts) for field in fields if field in document})
        for identity, text in zip(book.store.documents("members"), HARM, strict=False):
            transaction.set("members", identity, {"name": text})


def wrong(keys: Keyboard, width: int, height: int) -> list[str]:
    """Return what is wrong with the picture: raw signs, lines too long or too short, columns out of their places."""
    screen: Any = keys.app.screen
    lines = [strip.text for strip in screen._compositor.render_strips()]
    found = [f"{line!r} steers the terminal" for line in lines if RAW.search(line)]
    found += [f"{line!r} is {cells(line)} cells wide" for line in lines if cells(line) != width]
    found += [] if len(lines) == height else [f"{len(lines)} lines"]
    for table in screen.query(LineList):
        if table.display and table.region.height and not table.has_class("hidden"):
            found += out_of_place(table, lines)
    return found


def out_of_place(table: LineList[Any], lines: list[str]) -> list[str]:
    """Return the lines of a table in which a column does not begin after an empty cell, as it does in the others."""
    left, top = table.region.offset
    found = []
    for y in range(table.header, min(table.region.height, len(table.rows) + table.header)):
        line = in_cells(lines[top + y])
        if bad := [x for _index, x, _width in table._fields()[1:] if line[left + x - 1] != " " or line[left + x] == ""]:
            found.append(f"{lines[top + y]!r}: columns {bad}")
    return found


def in_cells(line: str) -> list[str]:
    """Return what each cell of a line shows; "" is the second half of a wide character."""
    shown: list[str] = []
    for character in line:
        wide = cells(character)
        if wide:
            shown += [character, *[""] * (wide - 1)]
    return shown


SIZES = ((80, 24), (100, 30), (60, 20))


@pytest.mark.parametrize("area", [area.name for area in AREAS])
async def test_harmful_texts_are_shown_whole_and_aligned_and_do_no_harm(busy_book: Book, area: str) -> None:
    harm(busy_book)
    found: list[str] = []
    resized: set[type[Any]] = set()
    select_language("en")
    async with at_program(busy_book, today=TODAY) as keys:

        async def see(stop: Stop) -> None:
            now = tuple(keys.app.size)
            found.extend(f"{stop}: {one}" for one in wrong(keys, *now))
            if not stop.opened or type(stop.screen) in resized:
                return
            resized.add(type(stop.screen))
            for size in [size for size in SIZES if size != now]:
                await keys._pilot.resize_terminal(*size)
                await round_.settle()
                found.extend(f"{stop} at {size}: {one}" for one in wrong(keys, *size))

        round_ = Round(keys, see, "en", once=True)
        await round_.walk(area)
    assert not found, "\n".join(found[:30])
