"""Roll by exception: what a typed line means, and what it must not be taken for."""

from __future__ import annotations

import pytest

from coordinator_tui.domain.legends import DEFAULT, legend_from
from coordinator_tui.domain.rollline import RollLine, RollPerson, balance, format_roll_line, parse_roll_line
from coordinator_tui.domain.vocabulary import Mark

NAMES = (
    "张三 李四 王五 公孙胜 迟重瑞 王伟明 霍去病 王伟 王伟 赵敏 孙胜美 陈到 买买提·吐尔逊 Anna_Smith 欧阳修 余华 和平 "
    "周小 周小公 单明"
)
SUBJECTS = {8: "数学", 9: "语文"}
PEOPLE = [
    RollPerson(100 + row, name.replace("_", " "), row, SUBJECTS.get(row)) for row, name in enumerate(NAMES.split(), 1)
]
SHOWN = {person.member: person.shown for person in PEOPLE}
MEMBER = {person.shown: person.member for person in PEOPLE}


def said(line: RollLine) -> list[str]:
    """What a line says, shortly: `张三 late 10 (note)`."""
    found = [
        " ".join(
            filter(
                None,
                (
                    SHOWN[entry.member],
                    entry.mark.value if entry.mark else "cleared",
                    str(entry.minutes or ""),
                    f"({entry.note})" if entry.note else "",
                ),
            )
        )
        for entry in line.entries
    ]
    return found + ([f"rest {line.rest.value}"] if line.rest else [])


def read(text: str) -> RollLine:
    return parse_roll_line(text, PEOPLE)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("张三迟10 李四病 王五公(开会) 其余到", ["张三 late 10", "李四 sick", "王五 official (开会)", "rest present"]),
        ("张三迟10李四病其余到", ["张三 late 10", "李四 sick", "rest present"]),
        ("zs迟10 lisi病 qyd", ["张三 late 10", "李四 sick", "rest present"]),
        ("zs cd10 ls sj", ["张三 late 10", "李四 personal"]),
        ("lisi sick, zs late 5 min; rest present", ["李四 sick", "张三 late 5", "rest present"]),
        ("zhang san absent", ["张三 absent"]),
        ("3迟10 7病", ["王五 late 10", "霍去病 sick"]),
        ("3 迟10", ["王五 late 10"]),
        ("12迟5", ["陈到 late 5"]),
        ("3l10 7b", ["王五 late 10", "霍去病 sick"]),
        ("3号病，4号到", ["王五 sick", "公孙胜 present"]),
        ("３迟１０分钟，７病假", ["王五 late 10", "霍去病 sick"]),
        ("3迟10分7病", ["王五 late 10", "霍去病 sick"]),
        ("3迟 7", ["王五 late 7"]),
        ("3 7病", ["王五 sick", "霍去病 sick"]),
        ("张三 迟 10 李四 病", ["张三 late 10", "李四 sick"]),
        ("张三、李四病", ["张三 sick", "李四 sick"]),
        ("张三李四病", ["张三 sick", "李四 sick"]),
        ("张三和李四病 张三丰", []),
        ("张三和李四病", ["张三 sick", "李四 sick"]),
        ("和平和李四病", ["和平 sick", "李四 sick"]),
        ("张三、迟重瑞公（县里（城关）会）", [f"{name} official (县里（城关）会)" for name in ("张三", "迟重瑞")]),
        ("张三：病", ["张三 sick"]),
        ("张三-病 李四=事", ["张三 sick", "李四 personal"]),
        ("张三老师病", ["张三 sick"]),
        ("张　三迟10", ["张三 late 10"]),
        ("张三产假 李四其他假(婚假)", ["张三 other_leave (产假)", "李四 other_leave (婚假)"]),
        ("张三未点 李四清", ["张三 cleared", "李四 cleared"]),
        ("王伟(数)病", ["王伟(数学) sick"]),
        ("王伟（语文）公(开会)", ["王伟(语文) official (开会)"]),
        ("8(王伟)病", ["王伟(数学) sick"]),
        ("王伟明病", ["王伟明 sick"]),
        ("买买提吐尔逊病", ["买买提·吐尔逊 sick"]),
        ("买买提•吐尔逊迟3", ["买买提·吐尔逊 late 3"]),
        ("anna smith late", ["Anna Smith late"]),
        ("shanming b danming b", []),
        ("shanming b", ["单明 sick"]),
        ("danming b", ["单明 sick"]),
        ("余华到 余到", ["余华 present", "rest present"]),
        ("张三病 全勤", []),
        ("张三病 全到", ["张三 sick", "rest present"]),
        ("欧阳修早退15 其他人都到", ["欧阳修 left_early 15", "rest present"]),
        ("其余旷", ["rest absent"]),
        ("周小 公", ["周小 official"]),
        ("周小公公", ["周小公 official"]),
        ("", []),
        (" ，； ", []),
    ],
)  # fmt: skip
def test_a_line_is_understood(typed: str, meant: list[str]) -> None:
    line = read(typed)
    if meant or not typed.strip(" ，；"):
        assert line.clear, [problem.sentence for problem in line.problems]
        assert said(line) == meant
    else:
        assert not line.clear


def test_marks_stand_before_their_names_with_a_colon() -> None:
    line = read("迟到：张三10、李四5；病假：王五(发烧)、赵敏 ；事假：无；其余到")
    assert line.clear
    assert said(line) == ["张三 late 10", "李四 late 5", "王五 sick (发烧)", "赵敏 sick", "rest present"]


def test_names_and_rows_may_stand_together_under_one_mark() -> None:
    line = read("病假：张三、3、李四；迟到：赵敏 5")
    assert line.clear
    assert said(line) == ["张三 sick", "王五 sick", "李四 sick", "赵敏 late 5"]
    assert "only late and left early" in read("病假：张三 3").problems[0].sentence


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("公孙胜病", "公孙胜 sick"),
        ("公孙胜公", "公孙胜 official"),
        ("迟重瑞到", "迟重瑞 present"),
        ("迟重瑞迟5", "迟重瑞 late 5"),
        ("霍去病病", "霍去病 sick"),
        ("霍去病到", "霍去病 present"),
        ("陈到到", "陈到 present"),
        ("欧阳修病假公孙胜到", "欧阳修 sick"),
    ],
)
def test_a_mark_inside_a_name_is_no_mark(typed: str, meant: str) -> None:
    line = read(typed)
    assert line.clear
    assert said(line)[0] == meant


@pytest.mark.parametrize(
    ("typed", "about"),
    [
        ("周小公", {"周小", "周小公"}),  # 周小 on official leave, or 周小公 without a mark
        ("张三公孙胜病", {"张三", "公孙胜"}),  # 张三公, or 公孙胜
        ("张三迟重瑞到", {"张三", "迟重瑞"}),
        ("3 迟 10 7病", {"王五", "赵敏"}),  # ten minutes, or row 10
        ("3迟 7 8病", {"王五", "霍去病"}),
        ("王伟病", {"王伟(数学)", "王伟(语文)"}),
        ("ww病", {"王五", "王伟(数学)", "王伟(语文)"}),
        ("王伟(物)病", {"王伟(数学)", "王伟(语文)"}),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_about(typed: str, about: set[str]) -> None:
    line = read(typed)
    assert not line.clear
    asked = {SHOWN[member] for problem in line.problems for member in problem.candidates}
    assert about <= asked
    assert not {entry.member for entry in line.entries} & {MEMBER[name] for name in about}


@pytest.mark.parametrize(
    ("typed", "where", "says"),
    [
        ("张三迟10 赵六病", "赵六", "nobody expected here"),
        ("张三丰病", "张三丰", "did you mean 张三"),
        ("张三公 孙胜病", "孙胜", "did you mean 孙胜美"),
        ("买买病", "买买", "did you mean 买买提·吐尔逊"),
        ("王伟病", "王伟", "is the name of 王伟(数学), 王伟(语文); add the subject in brackets"),
        ("ww病", "ww", "fits 王五, 王伟(数学), 王伟(语文); write the full name"),
        ("45病", "45", "no row 45 on this sheet; the rows go from 1 to 20"),
        ("张三", "张三", "has no mark"),
        ("张三 其余到", "张三", "has no mark"),
        ("zs10", "zs", "has no mark"),
        ("霍去病", "霍去病", "has no mark"),
        ("张三；李四病", "张三", "has no mark"),
        ("病", "病", "has no name before it"),
        ("张三迟10病", "病", "has no name before it"),
        ("3迟7病", "病", "has no name before it"),
        ("张三迟10 李四事 张三病", "张三迟10", "named more than once"),
        ("张三请假", "请假", "which leave"),
        ("张三未到", "未到", "may be a leave"),
        ("zs s", "s", "sick or 事假"),
        ("张三迟0", "迟0", "from 1 to 600"),
        ("张三迟9999", "迟9999", "from 1 to 600"),
        ("病假：张三10", "张三10", "only late and left early"),
        ("病假：；其余到", "病假：", "No name follows"),
        ("其余", "其余", "needs a mark"),
        ("其余未", "其余未", "cannot be taken for everybody else"),
        ("其余到 其他到", "其余到", "named more than once"),
        ("王五公(开会", "(开会", "bracket is not closed"),
        ("zsl10", "zsl10", "nobody expected here"),
        ("今天 张三病", "今天", "nobody expected here"),
    ],
)
def test_a_problem_says_where_it_is_and_what_would_be_right(typed: str, where: str, says: str) -> None:
    line = read(typed)
    fitting = [problem for problem in line.problems if says in problem.sentence]
    assert fitting, [problem.sentence for problem in line.problems]
    begin, end = fitting[0].span
    assert typed[begin:end] == where
    assert "{" not in fitting[0].sentence


def test_what_is_clear_in_a_line_stays_when_another_piece_is_not() -> None:
    line = read("张三迟10 赵六病 李四事 其余到")
    assert said(line) == ["张三 late 10", "李四 personal", "rest present"]
    assert len(line.problems) == 1


def test_spans_count_the_characters_that_were_typed() -> None:
    typed = "　张\u200b三迟１０、 王五公（开会）"
    line = read(typed)
    assert [typed[slice(*entry.span)] for entry in line.entries] == ["张\u200b三迟１０", "王五公（开会）"]


def test_an_overlong_line_is_refused_at_once() -> None:
    line = read("张三病 " * 2000)
    assert [problem.params["most"] for problem in line.problems] == [4000]
    assert not line.entries


def test_the_schools_own_signs_can_be_typed() -> None:
    diamonds = legend_from("own", {"glyphs": {"present": "√", "late": "◇", "left_early": "/", "absent": "×"}})
    line = parse_roll_line("张三◇10 李四/5 王五× 赵敏√", PEOPLE, glyphs=diamonds.glyphs)
    assert said(line) == ["张三 late 10", "李四 left_early 5", "王五 absent", "赵敏 present"]


def test_a_sign_of_two_meanings_is_asked_about() -> None:
    triangles = legend_from("own", {"glyphs": {"late": "△", "left_early": "△"}})
    line = parse_roll_line("张三△", PEOPLE, glyphs=triangles.glyphs)
    assert not line.entries
    assert "several meanings" in line.problems[0].sentence
    assert not parse_roll_line("张三迟 李四退", PEOPLE, glyphs=DEFAULT.glyphs).problems


def test_a_sign_that_is_the_word_of_another_mark_is_asked_about() -> None:
    letters = legend_from("own", {"glyphs": {"left_early": "C", "sick": "S", "absent": "A"}})
    line = parse_roll_line("zs c5", PEOPLE, glyphs=letters.glyphs)
    assert not line.clear
    assert "several meanings" in line.problems[0].sentence
    assert said(parse_roll_line("zs s, ls a", PEOPLE, glyphs=letters.glyphs)) == ["张三 sick", "李四 absent"]


def test_without_row_numbers_a_number_is_nobody() -> None:
    line = parse_roll_line("3病", [RollPerson(1, "张三")])
    assert "nobody expected here" in line.problems[0].sentence


def test_the_rest_never_touches_a_mark_that_is_set() -> None:
    marks: dict[int, Mark | None] = {101: Mark.SICK, 102: Mark.LATE, 103: None}
    preview = balance(
        read("李四旷 其余到"), marks, [101, 102, 103, 104, 105], leaves={105: Mark.OFFICIAL, 101: Mark.OFFICIAL}
    )
    assert [(row.member, row.after) for row in preview.rows] == [
        (101, Mark.SICK),
        (102, Mark.ABSENT),
        (103, Mark.PRESENT),
        (104, Mark.PRESENT),
        (105, Mark.OFFICIAL),
    ]
    assert [row.member for row in preview.changed] == [102, 103, 104, 105]
    assert preview.tally.balanced


def test_a_cleared_mark_is_not_taken_again_even_with_the_rest() -> None:
    preview = balance(read("张三未 其余到"), {101: Mark.SICK}, [101, 102])
    assert [row.after for row in preview.rows] == [None, Mark.PRESENT]
    assert preview.tally.counts["not_taken"] == 1


def test_a_line_is_written_as_it_would_be_typed() -> None:
    line = read("zs迟10; 王伟(语)公(开会) 霍去病病 rest present")
    assert format_roll_line(line, PEOPLE) == "张三迟10 王伟(语文)公(开会) 霍去病病 其余到"


def test_a_line_that_names_would_make_doubtful_is_written_by_rows() -> None:
    line = read("周小 公")
    assert format_roll_line(line, PEOPLE) == "18公"


DOTTED = [
    RollPerson(1, "阿依努尔·买合木提"),
    RollPerson(2, "买买提・吐尔逊"),
    RollPerson(3, "买买提·艾山"),
    RollPerson(4, "张三"),
]


def test_a_name_with_a_dot_may_be_called_by_its_first_part() -> None:
    line = parse_roll_line("阿依努尔迟10 张三病 其余到", DOTTED)
    assert not line.problems
    assert [(entry.member, entry.mark, entry.minutes) for entry in line.entries] == [
        (1, Mark.LATE, 10),
        (4, Mark.SICK, None),
    ]


def test_a_first_part_that_two_people_share_is_asked_about() -> None:
    line = parse_roll_line("买买提病 其余到", DOTTED)
    assert [set(problem.candidates) for problem in line.problems] == [{2, 3}]
    assert not parse_roll_line("买买提·艾山病 其余到", DOTTED).problems
