"""Workbooks as Chinese Excel and WPS write them."""

from __future__ import annotations

import datetime as dt
import sys
import time
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.utils.datetime import MAC_EPOCH

from coordinator_tui.imports.messages import ImportRefused, NoSuchFile, SheetQuestion
from coordinator_tui.imports.roster import read_roster

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEADER = ["序号", "姓名", "性别", "出生年月", "学科", "教研组"]


@pytest.mark.parametrize(
    ("identity", "born"),
    [(27, "1985-10"), (31, "1985-10-01"), (57, "1985-10"), (58, "1985-10-01"), (14, "1985-10-01"), (17, "1985-10")],
)
def test_dates_in_chinese_built_in_formats(workbook: Callable[..., Path], identity: int, born: str) -> None:
    reading = read_roster(workbook([HEADER, [1, "张雨桐", "女", 31321, "语文", "语文组"]], formats={"D2": identity}))

    assert reading.rows[0].birth == born


def test_dates_that_lost_their_format_are_serials(workbook: Callable[..., Path]) -> None:
    reading = read_roster(workbook([HEADER, [1, "张雨桐", "女", 31321, "语文", "语文组"]]))

    assert reading.rows[0].birth == "1985-10-01"


def test_dates_in_custom_formats(workbook: Callable[..., Path]) -> None:
    day = dt.datetime(1985, 10, 1)
    rows = [HEADER, [1, "张雨桐", "女", day, "语文", ""], [2, "李思远", "男", day, "数学", ""]]
    reading = read_roster(workbook(rows, formats={"D2": 'yyyy"年"m"月"', "D3": "yyyy/m/d"}))

    assert [row.birth for row in reading.rows] == ["1985-10", "1985-10-01"]


def test_workbooks_that_count_from_1904(workbook: Callable[..., Path]) -> None:
    path = workbook(
        [HEADER, [1, "张雨桐", "女", 31321 - 1462, "语文", ""], [2, "李思远", "男", 31321 - 1462, "数学", ""]]
    )
    book = openpyxl.load_workbook(path)
    book.epoch = MAC_EPOCH
    book.save(path)

    assert [row.birth for row in read_roster(path).rows] == ["1985-10-01", "1985-10-01"]


def test_1985_1_as_a_number_is_refused_with_its_row_and_column(workbook: Callable[..., Path]) -> None:
    rows = [HEADER, [1, "张雨桐", "女", 1985.1, "语文", ""], [2, "李思远", "男", 1985.11, "数学", ""]]
    reading = read_roster(workbook(rows))

    (refusal,) = reading.refusals
    assert (refusal.row, refusal.column, refusal.value) == (2, "出生年月", "1985.1")
    assert "1985-01 or 1985-10" in str(refusal.reason)
    assert refusal.to_json()["reason"] == str(refusal.reason)
    assert [row.birth for row in reading.rows] == ["1985-11"]


def test_1985_1_shown_with_two_places_is_october(workbook: Callable[..., Path]) -> None:
    reading = read_roster(workbook([HEADER, [1, "张雨桐", "女", 1985.1, "语文", ""]], formats={"D2": "0.00"}))

    assert reading.rows[0].birth == "1985-10"


@pytest.mark.parametrize("identity", ["110101198510011234", 1.10101198510011e17, "110101851001123"])
def test_an_identity_number_settles_the_month_and_is_forgotten(
    workbook: Callable[..., Path], identity: str | float
) -> None:
    reading = read_roster(workbook([["姓名", "身份证号", "出生年月"], ["张雨桐", identity, 1985.1]]))

    assert reading.rows[0].birth == "1985-10"
    assert "110101" not in repr(reading)
    assert reading.unused_columns == ("身份证号",)
    assert any("never imported" in str(note) for note in reading.notes)


def test_an_identity_number_ruined_by_excel_is_noted(workbook: Callable[..., Path]) -> None:
    reading = read_roster(workbook([["姓名", "身份证号"], ["张雨桐", 1.101011985100112e17], ["李思远", "1.1E+17"]]))

    assert [str(note) for note in reading.notes if "ruined" in str(note)] == [
        "Excel has ruined the identity numbers in rows 2-3 (their last digits are lost); none is imported."
    ]


def test_identity_numbers_hidden_in_other_columns_are_left_out(workbook: Callable[..., Path]) -> None:
    rows = [["姓名", "备注", "工号"], ["张雨桐", "证件110101198510011234", "A1"], ["李思远", "借调", "110101850301123"]]
    reading = read_roster(workbook(rows))

    assert "1985" not in repr(reading.rows)
    assert "850301" not in repr(reading.rows)
    assert reading.rows[1].note == "借调"
    assert len([note for note in reading.notes if "left out" in str(note)]) == 2


def test_merged_title_and_two_line_header(workbook: Callable[..., Path]) -> None:
    rows = [
        ["颍淮县实验小学2026年秋季教师花名册"],
        ["单位：颍淮县实验小学", None, None, None, "2026年9月"],
        ["序号", "姓名", "基本信息", None, "专业技术职务", None, "联系方式", None],
        [None, None, "性别", "出生年月", "名称", "取得时间", "手机", "邮箱"],
        [1, "张雨桐", "女", "1985.03", "小教高级", "2015.12", "13800000001", "a@example.cn"],
    ]
    path = workbook(rows, merge=["A1:H1", "A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:H3"])
    reading = read_roster(path)

    assert reading.header_row == 4
    row = reading.rows[0]
    assert (row.row, row.name, row.gender, row.birth, row.title) == (5, "张雨桐", "female", "1985-03", "一级教师")
    assert row.phone == "13800000001"
    assert row.extras["email"] == "a@example.cn"
    assert row.typed["title"] == "小教高级"


def test_merged_groups_reach_as_far_as_they_are_merged(workbook: Callable[..., Path]) -> None:
    rows = [
        ["教研组", "姓名", "学科"],
        ["语文组", "张雨桐", "语文"],
        [None, "李思远", "语文"],
        [None, "王若溪", "语文"],
        ["数学组", "陈嘉禾", "数学"],
        [None, "刘子墨", "数学"],
        [None, "孙一诺", "体育"],
    ]
    reading = read_roster(workbook(rows, merge=["A2:A4", "A5:A6"]))

    groups = [[group for group, _role in row.groups] for row in reading.rows]
    assert groups == [["语文组"]] * 3 + [["数学组"]] * 2 + [[]]


def test_hidden_parts_stay_out_and_are_told_of(workbook: Callable[..., Path]) -> None:
    rows = [HEADER, [1, "张雨桐", "女", "1985.03", "语文", "甲"], [2, "李思远", "男", "1990.05", "数学", "乙"]]
    path = workbook(rows, hide_columns="D", hide_rows=[3], others={"旧": [["姓名"], ["王若溪"]]}, hidden_sheets=["旧"])
    reading = read_roster(path)

    assert [row.name for row in reading.rows] == ["张雨桐"]
    assert reading.rows[0].birth is None
    assert [str(note) for note in reading.notes] == [
        "Hidden columns of the sheet 教师 were left out: D. Show them in the file to import them.",
        "Hidden rows of the sheet 教师 were left out: 3. Show them in the file to import them.",
    ]
    assert [row.name for row in read_roster(path, sheet="旧").rows] == ["王若溪"]


def test_the_sheet_with_a_header_is_found(workbook: Callable[..., Path]) -> None:
    path = workbook([["说明"], ["请填写第二张表"]], others={"名册": [["姓名", "学科"], ["张雨桐", "语文"]], "空": []})

    assert read_roster(path).sheet == "名册"


def test_several_sheets_are_a_question(workbook: Callable[..., Path]) -> None:
    table = [["姓名", "学科"], ["张雨桐", "语文"]]
    path = workbook(table, others={"数学组": [["姓名", "学科"], ["李思远", "数学"]]}, title="语文组")

    with pytest.raises(SheetQuestion) as question:
        read_roster(path)
    assert question.value.candidates == ("语文组", "数学组")
    assert question.value.exit_code == 5
    assert "--sheet" in str(question.value)
    assert [row.name for row in read_roster(path, sheet="数学组").rows] == ["李思远"]
    with pytest.raises(NoSuchFile) as missing:
        read_roster(path, sheet="英语组")
    assert "语文组, 数学组" in str(missing.value)


def test_the_extension_does_not_count(workbook: Callable[..., Path]) -> None:
    assert read_roster(workbook([["姓名"], ["张雨桐"]], name="名册.xls")).encoding == "xlsx"
    assert read_roster(workbook([["姓名"], ["张雨桐"]], name="名册.csv")).rows[0].name == "张雨桐"


def test_a_sheet_that_states_a_wrong_size_is_read_to_its_end(workbook: Callable[..., Path], tmp_path: Path) -> None:
    path = workbook([HEADER, [1, "张雨桐", "女", "1985.03", "语文", "语文组"]])
    wrong = tmp_path / "导出.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(wrong, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b'<dimension ref="A1:F2"', b'<dimension ref="A1"'))
    assert b'ref="A1"' in zipfile.ZipFile(wrong).read("xl/worksheets/sheet1.xml")

    assert [row.subject for row in read_roster(wrong).rows] == ["语文"]


def test_cells_with_errors_count_as_empty(workbook: Callable[..., Path]) -> None:
    reading = read_roster(workbook([HEADER, [1, "张雨桐", "女", "#N/A", "语文", "#REF!"]]))

    assert reading.rows[0].birth is None
    assert reading.rows[0].groups == ()


@pytest.mark.parametrize(
    ("beginning", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "old Excel or WPS format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"PK\x03\x04 and then nothing", "damaged workbook"),
        (b"", "empty"),
        (b" \r\n ", "empty"),
    ],
)
def test_other_files_are_refused_in_plain_words(file: Callable[..., Path], beginning: bytes, words: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        read_roster(file(beginning, name="名册.xls"))

    assert words in str(refused.value)
    assert "名册.xls" in str(refused.value)
    assert refused.value.exit_code == 3


def test_other_zips_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    with pytest.raises(ImportRefused) as refused:
        read_roster(path)
    assert "not an xlsx workbook" in str(refused.value)


def test_a_workbook_with_a_damaged_sheet_is_refused(workbook: Callable[..., Path], tmp_path: Path) -> None:
    broken = tmp_path / "坏.xlsx"
    with zipfile.ZipFile(workbook([HEADER, [1, "张雨桐"]])) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[: len(data) // 2] if name.endswith("sheet1.xml") else data)

    with pytest.raises(ImportRefused) as refused:
        read_roster(broken)
    assert "damaged workbook" in str(refused.value)


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile) as missing:
        read_roster(tmp_path / "没有.xlsx")
    assert missing.value.exit_code == 4
    with pytest.raises(ImportRefused) as folder:
        read_roster(tmp_path)
    assert "is a folder" in str(folder.value)


def test_ten_thousand_rows_take_little_more_than_opening_their_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("全县")
    sheet.append(["序号", "姓名", "性别", "出生年月", "学科", "职称", "教研组", "来校时间", "手机", "骨干"])
    for number in range(10_000):
        name = f"王{chr(0x4E00 + number % 5000)}{chr(0x5000 + number // 3)}"
        row = [
            number,
            name,
            "女",
            dt.date(1985, 3, 1),
            "小语",
            "小教高级",
            "语文组",
            "2015.9",
            "13800000000",
            "市级",
        ]
        sheet.append(row)
    book.save(tmp_path / "全县.xlsx")
    calls: list[tuple[int, int]] = []

    # Processor time of both: neither other programs on the machine nor its speed count.
    before = time.process_time()
    assert len(list(openpyxl.load_workbook(tmp_path / "全县.xlsx").worksheets[0].iter_rows(values_only=True))) == 10_001
    plain = time.process_time() - before
    before = time.process_time()
    reading = read_roster(tmp_path / "全县.xlsx", progress=lambda done, total: calls.append((done, total)))

    seconds = time.process_time() - before
    # A tracer (coverage) more than doubles our time.
    assert seconds < 3 * plain or sys.gettrace() is not None
    assert len(reading.rows) == 10_000
    assert not reading.refusals
    assert calls == sorted(calls)
    assert calls[-1] == (10_001, 10_001)
