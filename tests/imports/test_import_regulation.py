"""A regulation is taken from whatever a school keeps it in, and what is no regulation is refused in one sentence."""

from __future__ import annotations

import codecs
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from coordinator_tui.imports.messages import ImportRefused, NoSuchFile
from coordinator_tui.imports.regulation import read_regulation

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document as WordDocument

TEXT = "教研组学习制度\n一、每周学习一次。\n二、每月写一篇反思。"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gbk"),
        TEXT.encode("gb18030"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
    ],
)
def test_text_is_read_in_whatever_encoding_it_was_saved(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "制度.txt"
    file.write_bytes(data)
    assert read_regulation(file) == TEXT
    assert read_regulation(data) == TEXT


def test_pasted_text_is_taken_as_it_is() -> None:
    assert read_regulation(TEXT) == TEXT


def test_markdown_loses_its_signs_and_keeps_its_numbers(tmp_path: Path) -> None:
    file = tmp_path / "制度.md"
    file.write_text(
        "# 学习制度\n\n## 一、学习\n\n1. **每周**学习一次。\n- 每月写一篇反思。\n> 注：自学为主。\n\n不少于__篇。\n",
        "utf-8",
    )
    assert read_regulation(file) == (
        "学习制度\n\n一、学习\n\n1. 每周学习一次。\n每月写一篇反思。\n注：自学为主。\n\n不少于__篇。\n"
    )


def test_what_was_copied_from_a_web_page_becomes_lines() -> None:
    page = (
        "<!DOCTYPE html><html><head><title>学习制度</title><style>p{}</style></head><body>"
        "<script>var x='一、';</script><h1>学习制度</h1>"
        "<div><p>一、每周学习<b>一次</b>。<br>二、每&nbsp;月&lt;一&gt;篇。</p><ul><li>三、自学</li></ul>"
        "<table><tr><td>周次</td><td>内容</td></tr></table></div></body></html>"
    )
    lines = read_regulation(page).split("\n")
    assert lines == ["学习制度", "学习制度", "一、每周学习一次。", "二、每 月<一>篇。", "三、自学", "周次 内容"]


def test_a_text_with_a_sign_of_markup_in_it_is_no_web_page() -> None:
    text = "成绩<60分的教师须补课。\n每学期听课>15节。"
    assert read_regulation(text) == text


# --- Word ----------------------------------------------------------------------------------------------------------


def saved(document: WordDocument) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_word_document_gives_its_paragraphs_and_tables_in_order() -> None:
    document = Document()
    document.add_heading("教研组学习制度", 0)
    document.add_paragraph("第一条 每周学习一次。")
    table = document.add_table(rows=1, cols=3)
    table.rows[0].cells[0].merge(table.rows[0].cells[1]).text = "项目"
    table.rows[0].cells[2].text = "次数"
    document.add_paragraph("第二条 每月写一篇反思。")

    lines = read_regulation(saved(document)).split("\n")
    assert lines == ["教研组学习制度", "第一条 每周学习一次。", "项目 次数", "第二条 每月写一篇反思。"]


NUMBERING = """<w:abstractNum {names} w:abstractNumId="77">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1条 "/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
</w:abstractNum>"""


def numbered(document: WordDocument, text: str, level: int) -> None:
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'))


def test_numbers_that_word_itself_counts_are_not_lost() -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING.format(names=nsdecls("w"))))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for text, level in (("学习", 0), ("自学", 1), ("集中学习", 1), ("要点", 2), ("考核", 0), ("考勤", 1)):
        numbered(document, text, level)
    for _ in range(9):
        numbered(document, "其他", 0)

    lines = read_regulation(saved(document)).split("\n")
    assert lines[:6] == ["第一条 学习", "（1）自学", "（2）集中学习", "要点", "第二条 考核", "（1）考勤"]
    assert lines[-1] == "第十一条 其他"


# --- refusals ------------------------------------------------------------------------------------------------------


def workbook() -> bytes:
    stream = BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


def zipped(**parts: str) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as package:
        for name, text in parts.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "code", "advice"),
    [
        (b"", "empty", "empty"),
        (b" \r\n\t", "empty", "empty"),
        ("\u3000\n".encode(), "empty", "empty"),
        (b"%PDF-1.7 ...", "pdf", ".txt"),
        (b"\xd0\xcf\x11\xe0 old", "old-word", "docx"),
        (b"\xff\xd8\xff\xe0 picture", "picture", ".txt"),
        (b"{\\rtf1 text}", "rtf", "docx"),
        (b"MIME-Version: 1.0\n", "mhtml", ".txt"),
        (b"\x81\xff\xff\x81 \xff", "encoding-unknown", "UTF-8"),
        (b"\x00\x01\x02\x03\x04", "not-text", "UTF-8"),
        (workbook(), "not-word", "docx"),
        (b"PK\x03\x04 torn", "docx-damaged", "save it again"),
        (zipped(word__document_xml="<broken"), "docx-damaged", "save it again"),
        ("制度".encode() * 150_001, "too-long", "right file"),
    ],
)
def test_what_is_no_regulation_is_refused_with_what_to_do(data: bytes, code: str, advice: str, tmp_path: Path) -> None:
    file = tmp_path / "制度.dat"
    file.write_bytes(data)
    with pytest.raises(ImportRefused) as caught:
        read_regulation(file)
    assert caught.value.code == code
    assert str(caught.value).startswith("制度.dat")
    assert advice in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile):
        read_regulation(tmp_path / "nothing.txt")
    with pytest.raises(ImportRefused, match="folder"):
        read_regulation(tmp_path)


@given(st.binary(max_size=200))
def test_any_bytes_are_either_text_or_refused(data: bytes) -> None:
    text = ""
    with suppress(ImportRefused):
        text = read_regulation(data)
        assert text.strip()
    assert "\0" not in text
