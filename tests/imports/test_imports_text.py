"""Tables and lists as text: csv, tsv, web pages under the name of .xls, pasted lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coordinator_tui.domain.vocabulary import Role
from coordinator_tui.imports.messages import ImportRefused, NoSuchFile, SheetQuestion
from coordinator_tui.imports.roster import read_roster

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HTML = """<html><head><meta charset="gb2312"><style>td {color: red}</style></head><body>
<table border=1><tr><td colspan=4>教师花名册</td></tr>
<tr><th>教研组</th><th>姓 名</th><th>性别</th><th>出生<br>年月</th></tr>
<tr><td rowspan=2>语文组</td><td>张雨桐&nbsp;</td><td>女</td><td>1985.03</td></tr>
<tr><td>李&#x601D;远</td><td>男</td><td>1990年5月</td></tr>
</table></body></html>"""

XML_2003 = """<?xml version="1.0" encoding="gb2312"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="名册"><Table>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">花名册</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">教研组</Data></Cell><Cell><Data ss:Type="String">姓名</Data></Cell>
<Cell ss:Index="4"><Data ss:Type="String">出生日期</Data></Cell></Row>
<Row><Cell ss:MergeDown="1"><Data ss:Type="String">语文组</Data></Cell><Cell><Data ss:Type="String">张雨桐</Data></Cell>
<Cell ss:Index="4"><Data ss:Type="DateTime">1985-03-12T00:00:00.000</Data></Cell></Row>
<Row><Cell ss:Index="2"><Data ss:Type="String">李思远</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


@pytest.mark.parametrize("delimiter", ["\t", ",", ";", "，", "、", "|", " "])
def test_the_delimiter_is_found(file: Callable[..., Path], delimiter: str) -> None:
    rows = [["序号", "姓名", "性别", "学科"], ["1", "张雨桐", "女", "语文"], ["2", "李思远", "男", "数学"]]
    reading = read_roster(file("\r\n".join(delimiter.join(row) for row in rows), "gbk"))

    assert [(row.name, row.gender, row.subject) for row in reading.rows] == [
        ("张雨桐", "female", "语文"),
        ("李思远", "male", "数学"),
    ]


def test_lists_inside_cells_do_not_part_columns(file: Callable[..., Path]) -> None:
    reading = read_roster(file('姓名,教研组,学科\n张雨桐,"语文组、备课组",语文\n李思远,数学组、教务处,数学\n'))

    assert [group for group, _role in reading.rows[1].groups] == ["数学组", "教务处"]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_a_tsv_under_the_name_of_xls(file: Callable[..., Path], encoding: str) -> None:
    reading = read_roster(file("姓名\t性别\n张　三\t女\n", encoding, "名册.xls"))

    assert [row.name for row in reading.rows] == ["张三"]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_a_web_page_under_the_name_of_xls(file: Callable[..., Path], encoding: str) -> None:
    reading = read_roster(file(HTML, encoding, "名册.xls"))

    assert reading.header_row == 2
    assert [(row.row, row.name, row.birth, row.groups[0][0]) for row in reading.rows] == [
        (3, "张雨桐", "1985-03", "语文组"),
        (4, "李思远", "1990-05", "语文组"),
    ]


def test_the_table_of_a_page_that_holds_the_roster_is_found(file: Callable[..., Path]) -> None:
    menu = "<table><tr><td>首页</td><td>退出</td></tr></table>"
    assert len(read_roster(file(menu + HTML)).rows) == 2
    with pytest.raises(SheetQuestion) as question:
        read_roster(file(HTML + HTML))
    assert question.value.candidates == ("table 1", "table 2")
    assert len(read_roster(file(HTML + HTML), sheet="table 2").rows) == 2
    with pytest.raises(NoSuchFile):
        read_roster(file(HTML), sheet="table 9")


def test_a_web_page_without_a_table_is_refused(file: Callable[..., Path]) -> None:
    with pytest.raises(ImportRefused) as refused:
        read_roster(file("<html><body>请登录</body></html>", name="名册.xls"))

    assert "web page without a table" in str(refused.value)


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig"])
def test_an_xml_workbook_of_2003(file: Callable[..., Path], encoding: str) -> None:
    reading = read_roster(file(XML_2003, encoding, "名册.xls"))

    assert reading.header_row == 3
    assert [(row.row, row.name, row.birth) for row in reading.rows] == [
        (4, "张雨桐", "1985-03-12"),
        (5, "李思远", None),
    ]
    assert [row.groups[0][0] for row in reading.rows] == ["语文组", "语文组"]
    with pytest.raises(ImportRefused):
        read_roster(file(XML_2003[:-40], encoding))


def test_what_excel_leaves_in_csv_files(file: Callable[..., Path]) -> None:
    reading = read_roster(file('sep=;\n姓名;手机;备注\n张雨桐;="13800000001";"两\n行"\n李思远;\'13800000002;\n'))

    assert [row.phone for row in reading.rows] == ["13800000001", "13800000002"]
    assert reading.rows[0].note == "两 行"
    assert [row.row for row in reading.rows] == [2, 3]


def test_a_quote_that_is_never_closed_is_refused_with_its_line(file: Callable[..., Path]) -> None:
    lines = "".join(f"教师{chr(0x4E00 + number)},语文\n" for number in range(100))
    with pytest.raises(ImportRefused) as refused:
        read_roster(file('姓名,学科\n张雨桐,"语文\n' + lines))

    assert "line 2: a quotation mark" in str(refused.value)


def test_a_pasted_list_of_names() -> None:
    reading = read_roster("张雨桐\n李　思\n\n买买提•吐尔逊\n王若溪（组长）\n")

    assert [row.name for row in reading.rows] == ["张雨桐", "李思", "买买提•吐尔逊", "王若溪"]
    assert [row.row for row in reading.rows] == [1, 2, 4, 5]
    assert reading.header_row == 0
    assert reading.file == "pasted text"


@pytest.mark.parametrize(
    "text",
    [
        "#接龙\n语文组报名\n例 张三 语文\n\n1. 张雨桐\n2. 李思远\n3. 王若溪",
        "1、张雨桐\n2、李思远\n3、王若溪",
        "1. 张雨桐 2. 李思远 3. 王若溪",
        "1）张雨桐\n2）李思远\n3）王若溪",
        "张雨桐、李思远，王若溪",
        "张雨桐 李思远 王若溪",
        "1 张雨桐\n2 李思远\n3 王若溪",
        "①张雨桐\n②李思远\n③王若溪",
    ],
)
def test_lists_as_people_paste_them(text: str) -> None:
    assert [row.name for row in read_roster(text).rows] == ["张雨桐", "李思远", "王若溪"]


def test_names_behind_headings() -> None:
    rows = read_roster("语文组：张雨桐、李思远\n数学组：王若溪").rows
    assert [(row.name, row.groups[0][0]) for row in rows] == [
        ("张雨桐", "语文组"),
        ("李思远", "语文组"),
        ("王若溪", "数学组"),
    ]

    rows = read_roster("组长：张雨桐\n成员：李思远、王若溪").rows
    assert [row.role for row in rows] == [Role.LEADER, None, None]


def test_a_table_pasted_from_a_sheet() -> None:
    reading = read_roster("姓名\t性别\t出生年月\n张雨桐\t女\t1985.03\n李思远\t男\t1990.5\n")

    assert [row.birth for row in reading.rows] == ["1985-03", "1990-05"]


def test_standard_input_is_bytes() -> None:
    reading = read_roster("姓名,性别\n张雨桐,女\n".encode("gbk"))

    assert (reading.file, reading.encoding, reading.rows[0].name) == ("-", "gb18030", "张雨桐")


def test_a_letter_is_no_roster() -> None:
    with pytest.raises(ImportRefused) as refused:
        read_roster("各位老师：\n本周三下午在会议室开会，请准时参加。\n教导处")

    assert "no column 姓名" in str(refused.value)
    assert "各位老师" in str(refused.value)
    assert "--map name=HEADER" in str(refused.value)
