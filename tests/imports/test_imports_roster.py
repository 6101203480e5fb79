"""The rows of a roster: what is skipped, filled, repeated, normalised, refused and asked about."""

from __future__ import annotations

import pytest

from coordinator_tui.domain.vocabulary import Level, Role
from coordinator_tui.imports.messages import ImportRefused, Refusal, WrongUsage, rows_text
from coordinator_tui.imports.roster import RosterEntry, read_roster
from coordinator_tui.text import select_language


def one(header: str, row: str) -> RosterEntry:
    (entry,) = read_roster(f"姓名\t{header}\n张雨桐\t{row}\n").rows
    return entry


def refusal(header: str, row: str) -> Refusal:
    (found,) = read_roster(f"姓名\t{header}\n张雨桐\t{row}\n").refusals
    return found


def test_foot_lines_blank_lines_and_repeated_headers_are_skipped() -> None:
    text = (
        "教师花名册\n序号,姓名,性别\n1,张雨桐,女\n,,\n2,李思远,男\n序号,姓名,性别\n3,王若溪,女\n4,,\n"
        "合计,3人,\n,总计：3人,\n制表人：陈嘉禾,,2026年9月1日\n,填表人：刘子墨,\n注：以上为在编教师,,\n审核人,孙一诺,\n"
    )
    reading = read_roster(text)

    assert [row.name for row in reading.rows] == ["张雨桐", "李思远", "王若溪"]
    assert [row.row for row in reading.rows] == [3, 5, 7]
    assert reading.refusals == ()


def test_a_row_without_a_name_is_refused() -> None:
    reading = read_roster("姓名,性别,学科\n张雨桐,女,语文\n,男,数学\n")

    assert [(bad.row, bad.column) for bad in reading.refusals] == [(3, "姓名")]
    assert "name is missing" in str(reading.refusals[0].reason)


def test_groups_named_once_hold_for_the_rows_below() -> None:
    reading = read_roster("教研组,姓名\n语文组,张雨桐\n,李思远\n数学组,王若溪\n,陈嘉禾\n")

    assert [str(note) for note in reading.notes] == [
        "Blank cells of the column 教研组 say the same as the cell above them (rows 3, 5)."
    ]
    assert [row.groups for row in reading.rows] == [
        (("语文组", Role.MEMBER),),
        (("语文组", Role.MEMBER),),
        (("数学组", Role.MEMBER),),
        (("数学组", Role.MEMBER),),
    ]


def test_a_blank_stays_blank_where_groups_are_spelt_out() -> None:
    text = "教研组,姓名\n语文组,张雨桐\n语文组,李思远\n,王若溪\n数学组,陈嘉禾\n"

    assert [len(row.groups) for row in read_roster(text).rows] == [1, 1, 0, 1]


def test_headings_between_the_rows_are_groups() -> None:
    text = "序号,姓名,性别\n一、语文组（2人）,,\n1,张雨桐,女\n2,李思远,男\n二、数学组,,\n3,王若溪,女\n"

    assert [(row.name, row.groups[0][0]) for row in read_roster(text).rows] == [
        ("张雨桐", "语文组"),
        ("李思远", "语文组"),
        ("王若溪", "数学组"),
    ]


@pytest.mark.parametrize("sign", ["〃", "″", "同上", "”"])
def test_dittos_repeat_the_cell_above(sign: str) -> None:
    text = f"姓名\t学科\t来校时间\n张雨桐\t语文\t2015.9\n李思远\t{sign}\t{sign}\n王若溪\t数学\t{sign}\n"
    reading = read_roster(text)

    assert [(row.subject, row.joined_school) for row in reading.rows] == [
        ("语文", "2015-09"),
        ("语文", "2015-09"),
        ("数学", "2015-09"),
    ]


def test_a_ditto_with_nothing_above_it_is_refused() -> None:
    reading = read_roster("姓名\t学科\n张雨桐\t〃\n李思远\t语文\n")

    assert [(bad.row, bad.column, bad.value) for bad in reading.refusals] == [(2, "学科", "〃")]
    assert len(reading.rows) == 1


@pytest.mark.parametrize("empty", ["—", "——", "/", "／", "无", "-", "暂无", "N/A", " "])
def test_strokes_and_none_are_empty(empty: str) -> None:
    entry = one("出生年月\t学科\t职称\t荣誉\t手机\t教研组", "\t".join([empty] * 6))

    assert (entry.birth, entry.subject, entry.title, entry.honours, entry.phone, entry.groups) == (
        None,
        None,
        None,
        (),
        None,
        (),
    )


def test_one_bad_cell_refuses_its_row_and_no_other() -> None:
    reading = read_roster(
        "姓名,性别,出生年月\n张雨桐,女,1985.03\n李思远,男,1985.1\n王若溪,汉,1990.2\n陈嘉禾,男,很久以前\n"
    )

    assert [row.name for row in reading.rows] == ["张雨桐"]
    assert [(bad.row, bad.column, bad.value) for bad in reading.refusals] == [
        (3, "出生年月", "1985.1"),
        (4, "性别", "汉"),
        (5, "出生年月", "很久以前"),
    ]


@pytest.mark.parametrize(
    ("typed", "code"),
    [("男", "male"), ("女", "female"), ("1", "male"), ("2", "female"), ("M", "male"), ("Ｆ", "female")],
)
def test_gender(typed: str, code: str) -> None:
    assert one("性别", typed).gender == code


@pytest.mark.parametrize(
    ("typed", "subject", "stage"),
    [
        ("语文", "语文", None),
        ("小语", "语文", "小学"),
        ("三年级语文", "语文", "小学"),
        ("七年级数学", "数学", "初中"),
        ("高一英语", "英语", "高中"),
        ("语文（三年级）", "语文", "小学"),
        ("信息技术", "信息科技", None),
        ("道法", "道德与法治", None),
        ("语文、道法", "语文、道德与法治", None),
        ("语文教师", "语文", None),
        ("武术", "武术", None),
    ],
)
def test_subjects(typed: str, subject: str, stage: str | None) -> None:
    entry = one("学科", typed)

    assert (entry.subject, entry.stage) == (subject, stage)
    assert entry.typed.get("subject", subject) == typed


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("中小学一级", "一级教师"),
        ("小教高级", "一级教师"),
        ("小学高级", "一级教师"),
        ("一级教师", "一级教师"),
        ("中小学一级教师（十级）", "一级教师"),
        ("一级教师/2015.12", "一级教师"),
        ("中学高级", "高级教师"),
        ("副高", "高级教师"),
        ("正高级", "正高级教师"),
        ("小学一级", "二级教师"),
        ("未评", "未定级"),
    ],
)
def test_titles(typed: str, title: str) -> None:
    assert one("职称", typed).title == title


def test_an_unknown_title_stays_and_is_noted() -> None:
    reading = read_roster("姓名,职称\n张雨桐,馆员\n李思远,馆员\n")

    assert [row.title for row in reading.rows] == ["馆员", "馆员"]
    assert [str(note) for note in reading.notes] == ["The title “馆员” is not known and stays as it is (rows 2-3)."]


@pytest.mark.parametrize(
    ("typed", "honours", "level"),
    [
        ("市级骨干教师", ("市级骨干教师",), Level.BACKBONE_CITY),
        ("市骨干", ("市级骨干教师",), Level.BACKBONE_CITY),
        ("县骨干教师；校教学能手", ("县级骨干教师", "校级教学能手"), Level.BACKBONE_COUNTY),
        ("省级骨干教师、县级学科带头人", ("省级骨干教师", "县级学科带头人"), Level.SUBJECT_LEADER),
        ("特级教师", ("特级教师",), Level.SPECIAL_GRADE),
        ("2019年校级骨干教师", ("校级骨干教师",), Level.BACKBONE_SCHOOL),
        ("颍淮县骨干教师", ("颍淮县骨干教师",), Level.BACKBONE_COUNTY),
        ("区教学能手", ("区级教学能手",), None),
        ("最美教师", ("最美教师",), None),
    ],
)
def test_honours_and_the_level_they_give(typed: str, honours: tuple[str, ...], level: Level | None) -> None:
    entry = one("荣誉称号", typed)

    assert (entry.honours, entry.level) == (honours, level)


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("市级", Level.BACKBONE_CITY),
        ("市级骨干", Level.BACKBONE_CITY),
        ("√", Level.BACKBONE_SCHOOL),
        ("是", Level.BACKBONE_SCHOOL),
        ("否", None),
        ("×", None),
        ("", None),
    ],
)
def test_the_column_for_backbone_teachers(typed: str, level: Level | None) -> None:
    assert one("是否骨干教师", typed).level == level


def test_the_column_for_levels() -> None:
    assert one("教师层级", "新任").level == Level.NEW
    assert one("教师层级", "一般教师").level == Level.REGULAR
    assert one("教师层级", "市级骨干").level == Level.BACKBONE_CITY
    reading = read_roster("姓名,教师层级\n张雨桐,卓越型\n")
    assert reading.rows[0].level is None
    assert "卓越型" in str(reading.notes[0])


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("13800000001", "13800000001"),
        ("138 0000 0001", "13800000001"),
        ("138-0000-0001", "13800000001"),
        ("+86 13800000001", "13800000001"),
        ("13800000001/13900000002", "13800000001"),
        ("138****0001", "138****0001"),
        ("0558-4412345", "0558-4412345"),
        ("1.38E+10", None),
        ("无", None),
    ],
)
def test_telephone_numbers(typed: str, phone: str | None) -> None:
    assert one("手机", typed).phone == phone


def test_since_when_someone_is_here() -> None:
    assert one("来校时间", "2021.9—至今").joined_school == "2021-09"
    assert one("参加工作时间", "2007年8月").joined_work == "2007-08"
    assert one("参加工作时间", "2007").joined_work == "2007"
    assert "one date is expected" in str(refusal("来校时间", "2021.9-2022.7").reason)


def test_roles_in_groups_and_offices_that_are_none() -> None:
    text = (
        "姓名,教研组,职务\n张雨桐,语文组,教研组长\n李思远,语文组,副组长\n王若溪,语文组,班主任\n"
        "陈嘉禾（组长）,数学组,\n刘子墨,体育组,组长\n"
    )
    rows = read_roster(text).rows

    assert [row.groups[0][1] for row in rows] == [Role.LEADER, Role.DEPUTY, Role.MEMBER, Role.LEADER, Role.LEADER]
    assert rows[2].note == "班主任"


def test_a_person_in_groups_of_several_kinds() -> None:
    entry = one("教研组\t备课组\t年级组", "语文组\t三年级语文备课组\t三年级组")

    assert [group for group, _role in entry.groups] == ["语文组", "三年级语文备课组", "三年级组"]


def test_an_office_belongs_to_the_group_that_it_names() -> None:
    entry = one("教研组\t备课组\t职务", "语文组\t三年级语文\t备课组长")
    assert entry.groups == (("语文组", Role.MEMBER), ("三年级语文", Role.LEADER))

    entry = one("教研组\t备注", "语文组\t教研组长")
    assert (entry.groups, entry.note) == ((("语文组", Role.LEADER),), None)
    assert one("教研组\t备注", "语文组\t借调").note == "借调"


def test_columns_that_mean_nothing_are_listed_not_refused() -> None:
    reading = read_roster("姓名,鞋码,性别,民族,午餐\n张雨桐,38,女,汉族,是\n")

    assert reading.unknown_columns == ("鞋码", "午餐")
    assert reading.unused_columns == ("民族",)
    assert reading.columns["gender"] == "性别"


def test_labels_are_found_however_they_are_decorated() -> None:
    reading = read_roster(
        "*姓　名\t性 别(男/女)\t出生年月（如1985.03）\t职 称：\t★手机\n张雨桐\t女\t1985.03\t一级\t13800000001\n"
    )

    assert set(reading.columns) == {"name", "gender", "birth", "title", "phone"}


def test_a_label_can_be_mapped_by_hand() -> None:
    text = "老师大名,何时来的\n张雨桐,2015.9\n"
    with pytest.raises(ImportRefused) as refused:
        read_roster(text)
    assert "老师大名" in str(refused.value)

    reading = read_roster(text, mapping={"name": "老师大名", "joined_school": "何时来的"})
    assert (reading.rows[0].name, reading.rows[0].joined_school) == ("张雨桐", "2015-09")
    with pytest.raises(ImportRefused) as missing:
        read_roster(text, mapping={"name": "老师大名", "birth": "生日"})
    assert "no column 生日" in str(missing.value)
    with pytest.raises(WrongUsage):
        read_roster(text, mapping={"shoe": "鞋码"})


def test_a_sheet_without_labels_can_be_mapped_by_letters() -> None:
    reading = read_roster("张雨桐,女\n李思远,男\n", mapping={"name": "A", "gender": "B"})

    assert [(row.name, row.gender) for row in reading.rows] == [("张雨桐", "female"), ("李思远", "male")]


def test_of_two_columns_for_one_field_the_better_label_wins() -> None:
    reading = read_roster("教师,学科,姓名\n语文教师,语文,张雨桐\n")

    assert reading.rows[0].name == "张雨桐"
    assert "教师 was not" in str(reading.notes[0])


def test_two_line_headers_without_merged_ranges() -> None:
    reading = read_roster("姓名,基本信息,,职称,\n,性别,出生年月,名称,取得时间\n张雨桐,女,1985.03,一级,2015.12\n")

    assert reading.header_row == 2
    assert (reading.rows[0].gender, reading.rows[0].title) == ("female", "一级教师")


def test_the_same_people_twice_are_asked_about() -> None:
    text = (
        "姓名,学科,出生年月,教研组\n王伟,数学,1980.5,数学组\n王伟,语文,1991.11,语文组\n张敏,语文,1990.2,语文组\n"
        "张敏,语文,1990.2,备课组\n李芳,英语,1988.3,英语组\n李　芳,英语,1988.3,英语组\n陈嘉禾,音乐,1992.4,音乐组\n"
    )
    questions = read_roster(text).questions

    assert [(each.kind, each.name, each.rows) for each in questions] == [
        ("namesakes", "王伟", (2, 3)),
        ("groups", "张敏", (4, 5)),
        ("repeated", "李芳", (6, 7)),
    ]
    assert questions[0].differ == ("birth", "subject")
    assert str(questions[0].message) == "王伟 stands in rows 2-3; they differ in: 出生年月, 学科."


def test_numbers_behind_a_name_tell_namesakes_apart() -> None:
    reading = read_roster("姓名\n王伟1\n王伟2\n")

    assert [(row.name, row.label) for row in reading.rows] == [("王伟", "1"), ("王伟", "2")]
    assert reading.questions[0].differ == ("label",)


def test_an_identity_number_in_the_place_of_a_name_is_refused_unseen() -> None:
    reading = read_roster("姓名,性别\n110101198510011234,女\n李思远,男\n")

    assert [(bad.row, bad.value) for bad in reading.refusals] == [(2, "")]
    assert "110101" not in repr(reading)


def test_labels_with_nobody_below_them_are_refused() -> None:
    with pytest.raises(ImportRefused) as refused:
        read_roster("教师花名册\n姓名,性别,学科\n,,\n制表人：陈嘉禾,,\n")

    assert "nobody below" in str(refused.value)


def test_lists_of_rows_are_short() -> None:
    assert rows_text([5, 3, 4, 9, 4]) == "3-5, 9"
    assert rows_text(range(1, 60, 2)).endswith("…")


def test_every_sentence_can_be_spoken_in_any_language() -> None:
    reading = read_roster("姓名,出生年月,职称\n张雨桐,1985.1,馆员\n")
    select_language("pseudo")

    assert str(reading.refusals[0].reason).startswith("⟦")
    assert str(reading.notes[0]) if reading.notes else True
