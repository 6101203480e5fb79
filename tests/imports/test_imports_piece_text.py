"""The text of a piece that somebody hands in as a file: which files are read, and what is said of the others."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.oxml import parse_xml

from coordinator_tui.imports.messages import ImportRefused
from coordinator_tui.imports.piece_text import piece_text, read_piece
from coordinator_tui.text import count

if TYPE_CHECKING:
    from pathlib import Path

NOTE = "《给教师的建议》读后\n教师要先学会倾听，𬭎老师也这样说。"
NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(*paragraphs: str, xml: str = "") -> bytes:
    made = Document()
    for text in paragraphs:
        made.add_paragraph(text)
    if xml:
        made.element.body.insert(len(paragraphs), parse_xml(f"<w:p {NAMES}>{xml}</w:p>"))
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_file_is_read_in_whatever_encoding_it_was_saved(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "读书笔记.txt"
    path.write_bytes(NOTE.replace("\n", "\r\n").encode(encoding))
    found = read_piece(path)
    assert found.text.replace("\r\n", "\n") == NOTE
    assert found.file == "读书笔记.txt"


def test_a_word_document_is_read_paragraph_by_paragraph_with_its_tables() -> None:
    made = Document()
    made.add_heading("标题", 1)
    made.add_paragraph("第一段", style="List Number")
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "左", "右"
    made.add_paragraph("末段")
    file = io.BytesIO()
    made.save(file)
    assert piece_text(file.getvalue(), "a.docx").split("\n") == ["标题", "第一段", "左", "右", "末段"]


def test_what_was_struck_out_does_not_count_and_what_was_put_in_does() -> None:
    xml = (
        "<w:r><w:t>原来</w:t></w:r><w:ins><w:r><w:t>加上</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>划掉</w:delText></w:r></w:del>"
        "<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:r><w:br/><w:t>下行</w:t></w:r>"
    )
    text = piece_text(word(xml=xml), "a.docx")
    assert text.strip() == "原来加上链接\n下行"


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent {NAMES}><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    xml = f"<w:r><mc:AlternateContent {mc}>{both}</mc:AlternateContent></w:r>"
    assert piece_text(word("正文", xml=xml), "a.docx").count("框里的话") == 1


def test_markdown_is_counted_without_its_signs(tmp_path: Path) -> None:
    path = tmp_path / "笔记.md"
    path.write_text(
        "# 标题\n\n- 一条**重点**\n> 引文 [书](http://x.example/y)\n![图](a.png)\n1. 编号\n", encoding="utf-8"
    )
    text = read_piece(path).text
    assert [line for line in text.split("\n") if line] == ["标题", "一条重点", "引文 书", "1. 编号"]
    assert count(text).han == 11


def encrypted_zip() -> bytes:
    data = bytearray(word("密"))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def plain_zip(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "empty", "no text in it"),
        ("　\n \ufeff".encode(), "empty", "no text in it"),
        (word(), "empty", "no text in it"),
        (word("很长的一篇")[:900], "damaged", "damaged Word document"),
        (b"PK\x03\x04rubbish", "damaged", "damaged Word document"),
        (plain_zip("xl/workbook.xml"), "not-word", "no Word document"),
        (plain_zip("word/document.xml"), "damaged", "damaged Word document"),
        (encrypted_zip(), "locked", "password"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "locked", "password"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old-word", "old format"),
        (b"%PDF-1.7 ...", "pdf", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture", "picture"),
        (b"{\\rtf1 x}", "rtf", "rich text"),
        (b" <!doctype HTML><p>", "web-page", "web page"),
        (bytes(range(256)) * 9, "not-text", "no text that can be read"),
        (b"\xff\xfe\x00\xd8\x41\x00", "not-text", "no text that can be read"),
    ],
)
def test_what_is_no_piece_of_work_is_refused_with_one_sentence(data: bytes, code: str, words: str) -> None:
    with pytest.raises(ImportRefused, match=words) as refused:
        piece_text(data, "作业.docx")
    assert refused.value.code == code
    assert str(refused.value).startswith("作业.docx ")
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_a_folder_and_a_huge_one_are_named(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(60_000_000)
    for path, words in ((tmp_path / "no.txt", "no file"), (tmp_path, "is a folder"), (huge, "larger than 50 MB")):
        with pytest.raises(ImportRefused, match=words):
            read_piece(path)


def test_a_document_that_unpacks_to_more_than_a_piece_can_be_is_not_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 51_000_000)
    with pytest.raises(ImportRefused, match="larger than 50 MB"):
        piece_text(file.getvalue(), "bomb.docx")
