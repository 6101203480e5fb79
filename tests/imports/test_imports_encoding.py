"""A text file is read in whatever encoding the school's program wrote it."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coordinator_tui.imports.encoding import decode
from coordinator_tui.imports.messages import ImportRefused, WrongUsage
from coordinator_tui.imports.roster import read_roster

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROSTER = "序号,姓名,性别,学科\r\n1,张雨桐,女,语文\r\n2,买买提·吐尔逊,男,数学\r\n"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (ROSTER.encode("gbk"), "gb18030"),
        (ROSTER.encode("gb18030"), "gb18030"),
        (ROSTER.encode(), "utf-8"),
        (codecs.BOM_UTF8 + ROSTER.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + ROSTER.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + ROSTER.encode("utf-16-be"), "utf-16-be"),
        (ROSTER.encode("utf-16-le"), "utf-16-le"),
        (ROSTER.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_the_encoding_is_recognised(file: Callable[..., Path], data: bytes, name: str) -> None:
    reading = read_roster(file(data))

    assert reading.encoding == name
    assert [row.name for row in reading.rows] == ["张雨桐", "买买提·吐尔逊"]
    assert reading.header_row == 1


def test_rare_characters_come_through_gb18030(file: Callable[..., Path]) -> None:
    reading = read_roster(file("姓名,性别\n龙䶮,男\n王𬭎,男\n", "gb18030"))

    assert [row.name for row in reading.rows] == ["龙䶮", "王𬭎"]


def test_the_whole_file_decides_not_its_beginning(file: Callable[..., Path]) -> None:
    lines = "".join(f"{number},Teacher {chr(65 + number % 26)}\n" for number in range(3000))
    reading = read_roster(file(("no,name\n" + lines + "3001,李芳\n").encode("gbk")))

    assert reading.encoding == "gb18030"
    assert reading.rows[-1].name == "李芳"


@given(st.text(st.characters(codec="gb18030", exclude_characters="\0\ufeff"), min_size=1))
def test_whatever_gbk_holds_is_never_lost(text: str) -> None:
    data = text.encode("gb18030")
    assume(not data.startswith((b"\xff\xfe", b"\xfe\xff")))
    decoded, name = decode(data, "x.csv")

    assert decoded == text or name == "utf-8"


@given(st.text(st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"])))
def test_utf_8_is_read_as_it_was_written(text: str) -> None:
    assert decode(text.encode(), "x.csv") == (text, "utf-8")


def test_a_named_encoding_overrules_the_guess(file: Callable[..., Path]) -> None:
    reading = read_roster(file("姓名\n張三\n李四\n", "big5"), encoding="big5")

    assert reading.encoding == "big5"
    assert reading.rows[0].name == "張三"


def test_a_wrong_encoding_is_refused_with_the_line(file: Callable[..., Path]) -> None:
    with pytest.raises(ImportRefused) as refused:
        read_roster(file("name\n张三\n", "gbk"), encoding="utf-8")

    assert refused.value.exit_code == 3
    assert "not utf-8 text (line 2)" in str(refused.value)


def test_an_unknown_encoding_is_wrong_usage(file: Callable[..., Path]) -> None:
    with pytest.raises(WrongUsage) as refused:
        read_roster(file("姓名\n张三\n"), encoding="gb-eins")

    assert refused.value.exit_code == 2
    assert "gb-eins" in str(refused.value)


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02\x03\xff\xfe" * 40, "姓名,".encode() + b"\x00" * 31, b"\xff\xff\xff,\x80\n"]
)
def test_bytes_that_are_no_text_are_refused(file: Callable[..., Path], data: bytes) -> None:
    with pytest.raises(ImportRefused) as refused:
        read_roster(file(data))

    assert "xlsx" in str(refused.value)
