"""Text from files and other machines can neither steer the terminal nor hide in a document."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator_tui.text import clean, visible

DANGEROUS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
NASTY = st.text(
    st.one_of(
        st.sampled_from("张三\x1b\x07\x9b\x00\x7f\n\r\t\u200b\u200d\u202e\u2066\ufeff\ufe0f\u0301\u3164\u2028e\udcff"),
        st.characters(codec=None),
    )
)


@given(NASTY)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean(clean(text, lines=True), lines=True) == clean(text, lines=True)


@given(NASTY)
def test_cleaned_text_holds_nothing_dangerous_or_invisible(text: str) -> None:
    cleaned = clean(text)
    assert not DANGEROUS.search(cleaned)
    assert not re.search("[\u00ad\u200b-\u200d\u2060\ufeff\ufe0f\u3164\U000e0020]", cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not DANGEROUS.search(clean(text, lines=True).replace("\n", ""))


@given(NASTY)
def test_what_reaches_the_screen_has_no_control_character_and_keeps_its_length(text: str) -> None:
    shown = visible(text)
    assert not DANGEROUS.search(shown)
    assert len(shown) == len(text)
    shown.encode()


@given(st.text(st.characters(categories=["L", "N", "P", "S", "M"])))
def test_what_is_harmless_is_shown_as_it_is(text: str) -> None:
    assert visible(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("张三", "张三"),
        ("张\u200b三\u202e", "张三"),
        ("\x1b]52;c;eA==\x07张", "\ufffd]52;c;eA==\ufffd张"),
        ("\x1b[31m红", "\ufffd[31m红"),
        ("a\tb", "a b"),
        ("一\r\n二\n三", "一 二 三"),
        ("e\u0301", "é"),
        ("张\udcff", "张\ufffd"),
        ("♥\ufe0f", "♥"),
    ],
)
def test_what_is_taken_out_and_what_is_shown_as_damaged(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


def test_line_ends_of_every_kind_are_kept_where_lines_are_wanted() -> None:
    assert clean("一\r\n二\r三\u2028四\x85五\n", lines=True) == "一\n二\n三\n四\n五\n"


@pytest.mark.parametrize("joined", ["王\u200b伟", "👨\u200d👩", "♥\ufe0f", "a\u00adb", "王\u3164伟", "x\U000e0041"])
def test_what_takes_no_room_in_an_uncleaned_text_is_seen(joined: str) -> None:
    assert "\ufffd" in visible(joined)
    assert len(visible(joined)) == len(joined)
