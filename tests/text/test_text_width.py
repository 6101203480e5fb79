"""Text is measured in terminal cells, and made to fit without halving a character."""

from __future__ import annotations

import re
import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from coordinator_tui.text import cells, clean, fit, wrap

if TYPE_CHECKING:
    from coordinator_tui.text.width import Align

MIXED = st.text(st.one_of(st.sampled_from("张三李四 abc，。《》（）“”…—·１２🙂é\u0301\u3000"), st.characters()))
ALIGNS: st.SearchStrategy[Align] = st.sampled_from(["left", "right", "center"])


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("张三", 4),
        ("买买提·吐尔逊", 13),
        ("䶮𬭎", 4),
        ("é", 1),
        ("e\u0301", 1),
        ("（语文）", 8),
        ("…", 1),
    ],
)
def test_chinese_takes_two_cells_and_latin_one(text: str, width: int) -> None:
    assert cells(text) == width


def test_every_assigned_character_is_as_wide_as_the_screens_draw_it() -> None:
    differing = [
        hex(point)
        for point in range(sys.maxunicode + 1)
        if unicodedata.category(chr(point)) != "Cn" and cells(chr(point)) != get_character_cell_size(chr(point))
    ]
    assert differing == []


@given(MIXED)
def test_cleaned_text_is_as_wide_as_the_screens_draw_it(text: str) -> None:
    cleaned = "".join(char for char in clean(text) if unicodedata.category(char) != "Cn")
    assert cells(cleaned) == cell_len(cleaned)


@given(MIXED, st.integers(0, 30), ALIGNS, st.sampled_from(["…", "", "...", "——"]))
def test_fitted_text_has_exactly_the_width(text: str, width: int, align: Align, ellipsis: str) -> None:
    assert cells(fit(text, width, align=align, ellipsis=ellipsis)) == width


@given(MIXED, st.integers(0, 30))
def test_text_that_fits_is_only_padded(text: str, spare: int) -> None:
    assert fit(text, cells(text) + spare) == text + " " * spare
    assert fit(text, cells(text) + spare, align="right") == " " * spare + text


@pytest.mark.parametrize(
    ("width", "fitted"),
    [(0, ""), (1, "…"), (2, "… "), (3, "张…"), (4, "张… "), (5, "张三…"), (6, "张三丰")],
)
def test_a_name_too_long_is_cut_between_characters(width: int, fitted: str) -> None:
    assert fit("张三丰", width) == fitted


def test_a_cut_keeps_an_accent_with_its_letter() -> None:
    assert fit("e\u0301a\u0301o\u0301", 2) == "e\u0301…"


@given(MIXED, st.integers(2, 30))
def test_wrapped_lines_are_never_wider_than_asked(text: str, width: int) -> None:
    assert all(cells(line) <= width for line in wrap(text, width))


@given(MIXED, st.integers(2, 30))
def test_wrapping_loses_nothing_but_spaces(text: str, width: int) -> None:
    assert "".join("".join(wrap(text, width)).split()) == "".join(text.split())


@given(st.text(st.sampled_from("学习读书笔记，。；《》（）“”、？")), st.integers(8, 30))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text: str, width: int) -> None:
    assume(2 * (_longest_run_of_marks(text) + 2) <= width)  # else no line could hold them with their neighbours
    lines = wrap(text, width)
    assert not [line for line in lines[1:] if line[0] in "，。；》）”、？"]
    assert not [line for line in lines[:-1] if line[-1] in "《（“"]


def _longest_run_of_marks(text: str) -> int:
    return max(map(len, re.split("[学习读书笔记]", text)))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("大家共读《教育漫话》，写笔记。", 10, ["大家共读", "《教育漫", "话》，写笔", "记。"]),
        ("他说：“好。”", 8, ["他说：", "“好。”"]),
        ("week 12 starts at 15:30.", 10, ["week 12", "starts at", "15:30."]),
        ("第12周", 4, ["第12", "周"]),
        ("一\n\n二", 8, ["一", "", "二"]),
        ("coordinator", 4, ["coor", "dina", "tor"]),
        ("", 8, [""]),
    ],
)
def test_lines_break_where_a_reader_expects(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines
