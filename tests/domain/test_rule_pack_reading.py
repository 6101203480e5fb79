"""A school writes its regulation as YAML: what it means, and one sentence for each thing that is wrong in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.domain.rules.pack import (
    ByLevel,
    Counted,
    Each,
    Measure,
    Per,
    PerUnit,
    SettingRef,
    Source,
    Words,
)
from coordinator_tui.domain.rules.reading import PackError, check_pack, read_pack
from coordinator_tui.domain.vocabulary import Level, Mark

if TYPE_CHECKING:
    from coordinator_tui.domain.rules.pack import Pack, Requirement

TEMPLATE = Path(__file__).parents[2] / "config/rules/template.yaml"

PACK = """\
format: 1
id: our-school
title: {zh: 学习制度, en: Study regulation}
source: 本校文件
applies: 全体教师
settings:
  notes_per_term:
    title: 每学期篇数
    why: 原文数字缺失
    type: number
    suggest: 5
    least: 1
    most: 60
  study_day: {title: 星期几, why: 没有写明, type: weekday, suggest: 周三}
  share: {title: 比例, why: 没有写明, type: percent, suggest: 20%}
  limit: {title: 怎样读, why: 两种读法, type: choice, choices: {lt: 不满, le: 含本数}}
  plan_due: {title: 交稿日期, why: 没有写明, type: date}
clauses:
  - id: "6"
    text: 每月一篇读书笔记。
    requirements:
      - id: monthly-note
        title: 每月一篇
        who: {levels: [backbone], min_age: 25, max_age: 44}
        what: {work: [reading_note, essay], measure: count}
        how_many: {at_least: 1, at_most: 3}
        per: month
        due: {day: 25}
      - id: reports
        title: 培训后交汇报
        what: {work: [training_report]}
        how_many: 1
        per: {event: trainings, within_days: 7}
    cadences:
      - {id: weekly, title: 周学习, kind: policy_study, weekday: {setting: study_day}, start: 15:30, end: 17:00}
    data:
      quotas: [{share: {setting: share}}]
assessments:
  - id: diligence
    title: 勤
    clause: "6"
    parts:
      - {id: roll, title: 出勤, source: attendance, base: 10, marks: {late: -0.5, absent: -1}}
      - {id: notes, title: 笔记, source: requirement, requirement: monthly-note, per_missing: -1}
    vetoes: [{title: 拒绝任务, entries: [refused_task]}]
"""


def with_(old: str, new: str) -> str:
    """Return the pack with its first `old` written as `new`."""
    assert PACK.count(old) >= 1
    return PACK.replace(old, new, 1)


def line_of(text: str, word: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if word in line)


def requirement(text: str, **changes: str) -> Requirement:
    """Return the first requirement of the pack, with some of its lines written anew."""
    lines = {"who": "        who: {levels: [backbone], min_age: 25, max_age: 44}\n"}
    lines["what"] = "        what: {work: [reading_note, essay], measure: count}\n"
    lines["how_many"] = "        how_many: {at_least: 1, at_most: 3}\n"
    lines["per"] = "        per: month\n"
    lines["due"] = "        due: {day: 25}\n"
    for key, new in changes.items():
        text = text.replace(lines[key], f"        {key}: {new}\n" if new else "", 1)
    return read_pack(text).requirements[0]


@pytest.fixture
def pack() -> Pack:
    return read_pack(PACK, name="our-school.yaml")


def test_a_regulation_is_read_with_its_clauses_requirements_and_settings(pack: Pack) -> None:
    assert (pack.id, pack.title, pack.source) == (
        "our-school",
        Words("学习制度", "Study regulation"),
        Words("本校文件"),
    )
    assert [clause.id for clause in pack.clauses] == ["6"]
    assert [each.key for each in pack.requirements] == ["our-school/6/monthly-note", "our-school/6/reports"]
    note = pack.requirements[0]
    assert note.what.source is Source.WORK
    assert note.what.kinds == ("reading_note", "essay")
    assert (note.how_many.at_least, note.how_many.at_most, note.per, note.due.day) == (
        1,
        3,
        Per(unit=PerUnit.MONTH),
        25,
    )
    assert pack.setting("notes_per_term").suggest == 5
    assert pack.setting("study_day").suggest == 3
    assert pack.setting("share").suggest == 0.2


def test_parts_of_the_assessment_name_their_requirement_by_its_key(pack: Pack) -> None:
    attendance, notes = pack.assessments[0].parts
    assert notes.requirement == "our-school/6/monthly-note"
    assert {each.mark: each.points for each in attendance.marks} == {Mark.LATE: -0.5, Mark.ABSENT: -1}


def test_what_is_open_is_a_reference_to_the_setting(pack: Pack) -> None:
    assert pack.clauses[0].cadences[0].weekday == SettingRef("study_day")
    assert pack.clauses[0].data == {"quotas": [{"share": SettingRef("share")}]}
    assert requirement(PACK, how_many="{setting: notes_per_term}").how_many.at_least == SettingRef("notes_per_term")
    assert requirement(PACK, due="{date: {setting: plan_due}}").due.date == SettingRef("plan_due")


def test_backbone_means_all_four_levels_and_a_level_named_itself_wins() -> None:
    number = requirement(PACK, how_many="{by_level: {backbone_city: 3, backbone: 2, other: 1}}").how_many.at_least
    assert isinstance(number, ByLevel)
    assert number.levels[Level.BACKBONE_CITY] == 3
    assert {number.levels[level] for level in (Level.BACKBONE_SCHOOL, Level.BACKBONE_PROVINCE)} == {2}
    assert number.other == 1
    assert len(requirement(PACK).who.levels) == 4


def test_a_school_may_write_kinds_levels_units_and_marks_in_chinese() -> None:
    chinese = requirement(
        PACK, who="{levels: 骨干, roles: [组长]}", what="{work: [读书笔记, 随笔], measure: 篇数}", per="每月"
    )
    assert chinese.what == requirement(PACK).what
    assert chinese.who.levels == requirement(PACK).who.levels
    assert chinese.per == requirement(PACK).per
    assert read_pack(with_("late: -0.5, absent: -1", "迟到: -0.5, 旷会: -1")) == read_pack(PACK)
    assert read_pack(with_("type: weekday", "type: 星期")) == read_pack(PACK)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("two_weeks", Per(unit=PerUnit.WEEK, every=2)),
        ("三年", Per(unit=PerUnit.SCHOOL_YEAR, every=3)),
        ("five_years", Per(unit=PerUnit.SCHOOL_YEAR, every=5)),
        ("下学期", Per(unit=PerUnit.SECOND_TERM)),
        ("{weeks: 4}", Per(unit=PerUnit.WEEK, every=4)),
        ("{months: 3}", Per(unit=PerUnit.MONTH, every=3)),
        ("{years: 3, since: 2021}", Per(unit=PerUnit.SCHOOL_YEAR, every=3, since=2021)),
        (
            "{event: sessions, kinds: [讲座], within_days: {setting: notes_per_term}}",
            Per(
                unit=PerUnit.EVENT, event=Source.SESSIONS, kinds=("lecture",), within_days=SettingRef("notes_per_term")
            ),
        ),
    ],
)
def test_every_length_of_a_period_can_be_written(written: str, meant: Per) -> None:
    assert requirement(PACK, per=written).per == meant


@pytest.mark.parametrize(
    ("who", "what", "counted"),
    [
        ("{each: member}", "{sessions: any}", Counted.ATTENDED),
        ("{each: group}", "{sessions: any}", Counted.HELD),
        ("{each: member}", "{readings: book}", Counted.READ),
        ("{each: school}", "{readings: article}", Counted.RECOMMENDED),
        ("{each: member}", "{pairs: any}", Counted.AS_MENTOR),
        ("{each: member}", "{sessions: any, counted: spoken}", Counted.SPOKEN),
    ],
)
def test_records_count_in_the_usual_way_unless_the_pack_says_another(who: str, what: str, counted: Counted) -> None:
    assert requirement(PACK, who=who, what=what).what.counted is counted


def test_hours_and_days_may_be_parted_and_a_number_alone_is_the_least() -> None:
    found = requirement(PACK, what="{sessions: any, measure: hours}", how_many="1.5")
    assert (found.how_many.at_least, found.what.measure) == (1.5, Measure.HOURS)
    assert requirement(PACK, who="{each: group}").who.each is Each.GROUP


def test_keys_left_empty_count_as_not_written_and_a_list_of_one_needs_no_brackets() -> None:
    assert read_pack(with_("source: 本校文件", "source: 本校文件\nversion:")).version == 1
    assert requirement(PACK, what="{work: essay}").what.kinds == ("essay",)


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    assert read_pack("\ufeff" + PACK.replace("\n", "\r\n")) == read_pack(PACK)


def test_the_template_reads_and_every_way_it_comments_out_reads_too() -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    assert check_pack(text, name=TEMPLATE.name) == []
    lines = text.splitlines()
    tried = 0
    for number, line in enumerate(lines):
        found = re.fullmatch(r"( +)# ((?:- \{|[a-z_]+: ).*)", line)
        if found:
            other = "\n".join([*lines[:number], found[1] + found[2], *lines[number + 1 :]])
            assert [str(error) for error in check_pack(other) if "already" not in error.problem] == [], line
            tried += 1
    assert tried > 20


# What is wrong is said in one sentence: what to write, where, and the nearest word. (change, line's word, sentence)
# fmt: off
MISTAKES = [
    ("format: 1", "format: 2", "format", "“format” is 2; this version of the program reads format 1 only."),
    ("applies: 全", "aplies: 全", "aplies", "“aplies” is no key of “pack”; did you mean “applies”?"),
    ("        per: month\n", "", "- id: monthly", "“requirement” lacks “per”."),
    ("per: month", "per: fortnigt", "fortnigt", "“per”: there is no period “fortnigt”; did you mean “fortnight”?"),
    ("per: month", "per: 每五月", "每五月", "“per”: there is no period “每五月”; did you mean “每月”?"),
    (
        "per: month", "per: {months: 5}", "months: 5",
        "a school year cannot be divided into periods of 5 months; write 1, 2, 3, 4, 6 or 12.",
    ),
    ("per: month", "per: {weeks: 5}", "weeks: 5", "“weeks” must be between 1 and 4, not 5."),
    ("per: month", "per: {days: 5}", "days: 5", "“per” needs one of these keys: weeks, months, years, event."),
    (
        "per: month", "per: {weeks: 2, months: 2}", "weeks: 2",
        "“per” has weeks and months; it may have only one of them.",
    ),
    (
        "event: trainings", "event: trainings, kinds: [a]", "event: tr",
        "trainings have no kinds; leave “kinds” out.",
    ),
    (
        "work: [reading_note", "work: [reding_note", "reding",
        "“work”: there is no kind of work “reding_note”; did you mean “reading_note”?",
    ),
    ("work: [reading_note", "wrok: [reading_note", "wrok", "“wrok” is no key of “what”; did you mean “work”?"),
    (
        "work: [reading_note, essay]", "work: [essay], sessions: any", "sessions: any",
        "“what” has work and sessions; it may have only one of them.",
    ),
    (
        "measure: count", "measure: minutes", "measure",
        "“measure: minutes” has no meaning for work; what may stand here: count, words.",
    ),
    (
        "work: [reading_note, essay], measure: count", "sessions: any, counted: read", "counted",
        "“counted: read” has no meaning for sessions; what may stand here: held, attended, spoken, hosted.",
    ),
    (
        "work: [reading_note, essay], measure: count", "trainings: [book]", "trainings: [",
        "“trainings” has no kinds; write “trainings: any”, not “[…]”.",
    ),
    (
        "work: [reading_note, essay], measure: count", "fields: [topik]", "fields",
        "“fields”: there is no field of a session “topik”; did you mean “topic”?",
    ),
    (
        "work: [reading_note, essay], measure: count", "fields: [birth], of: member, kinds: [lecture]", "fields",
        "members have no kinds of session; leave “kinds” out.",
    ),
    (
        "work: [reading_note, essay], measure: count", "fields: []", "fields", "“fields” names no field."
    ),
    (
        "levels: [backbone]", "levels: [backbones]", "backbones",
        "“levels”: there is no level “backbones”; did you mean “backbone”?",
    ),
    ("levels: [backbone]", "roles: [leadr]", "leadr", "“roles”: there is no role “leadr”; did you mean “leader”?"),
    ("min_age: 25", "min_age: 50", "min_age", "“min_age” (50) is more than “max_age” (44)."),
    ("min_age: 25", "min_age: old", "min_age", "“min_age” must be a whole number, not “old”."),
    ("min_age: 25", "min_age: 300", "min_age", "“min_age” must be between 0 and 120, not 300."),
    ("at_most: 3", "at_most: 0", "at_most", "“at_least” (1) is more than “at_most” (0)."),
    (
        "{at_least: 1, at_most: 3}", "{ratio_at_least: 90}", "ratio",
        "“ratio_at_least” must be a share between 0 and 1, such as 0.9 or 90%, not “90”.",
    ),
    (
        "{at_least: 1, at_most: 3}", "{at_least: 1, ratio_at_least: 0.9}", "ratio",
        "“how_many” has a number and a ratio; it may have only one of them.",
    ),
    (
        "{at_least: 1, at_most: 3}", "{}", "how_many: {}",
        "“how_many” says no number; write at_least, at_most, ratio_at_least or ratio_at_most.",
    ),
    ("{at_least: 1, at_most: 3}", "1.5", "how_many: 1.5", "“how_many” must be a whole number, not “1.5”."),
    ("{at_least: 1, at_most: 3}", "a few", "a few", "“how_many” must be a number, not “a few”."),
    ("{at_least: 1, at_most: 3}", "-2", "how_many: -2", "“how_many” must be at least 0, not -2."),
    (
        "{at_least: 1, at_most: 3}", "{setting: notes_per_trem}", "trem",
        "there is no setting “notes_per_trem” in this pack; did you mean “notes_per_term”?",
    ),
    (
        "{at_least: 1, at_most: 3}", "{setting: study_day}", "{setting: study_day}",
        "the setting “study_day” is of type weekday; what is needed here is number.",
    ),
    (
        "{at_least: 1, at_most: 3}", "{by_level: {experts: 2}}", "experts",
        ("“by_level”: there is no level “experts”; what may stand here: new, regular, backbone_school, "
         "backbone_county, backbone_city, backbone_province, subject_leader, special_grade, other, backbone."),
    ),
    ("due: {day: 25}", "due: {day: 32}", "day: 32", "“day” must be between 1 and 31, not 32."),
    (
        "due: {day: 25}", "due: {month_day: 02-30}", "02-30",
        "“month_day”: “02-30” is no day of every year; write month and day, such as 05-31.",
    ),
    (
        "due: {day: 25}", "due: {day: 2, month_day: 05-31}", "05-31",
        "“due” says the day twice, with day and month_day; it may have only one of them.",
    ),
    (
        "due: {day: 25}", "due: {date: 05-31}", "05-31",
        "“date” must be a reference to a setting (setting: …), not “05-31”.",
    ),
    ("due: {day: 25}", "due: ende", "ende", "“due”: there is no due date “ende”; did you mean “end”?"),
    (
        "id: reports", "id:  monthly-note", "id:  monthly",
        "the id “monthly-note” stands in line 22 already; every requirement needs its own.",
    ),
    (
        "id: reports", "id: my reports", "my reports",
        "“id”: “my reports” cannot be an id; an id has letters, digits and hyphens, and no blanks.",
    ),
    (
        'id: "6"', "id: 6/1", "6/1",
        "“id”: “6/1” cannot be a clause's number; it is short and has neither “/” nor “@”.",
    ),
    (
        "id: our-school", "id: Our School", "Our",
        "“id”: “Our School” cannot be a pack's id; it has only small letters a–z, digits and hyphens.",
    ),
    ("start: 15:30", "start: 25:30", "25:30", "“25:30” is not a time of day; write it like 15:30."),
    ("start: 15:30", "start: 18:30", "18:30", "“start” (18:30) is more than “end” (17:00)."),
    (
        "weekday: {setting: study_day}", "weekday: 周八", "周八",
        "“周八” is not a weekday; write 1 to 7 (1 is Monday), monday or 周一.",
    ),
    (
        "weekday: {setting: study_day}", "weekday: {settings: study_day}", "settings: study_day",
        "“weekday” must be a text, not “{…}”.",
    ),
    ("quotas:", "quotos:", "quotos", "“quotos” is no key of “data”; did you mean “quotas”?"),
    (
        "requirement: monthly-note", "requirement: montly-note", "montly",
        "there is no requirement “montly-note” in this pack; did you mean “monthly-note”?",
    ),
    ('clause: "6"', "clause: 7", "clause: 7", "there is no clause “7” in this pack; what may stand here: 6."),
    ("marks: {late", "marks: {lat", "lat:", "“marks”: there is no mark “lat”; did you mean “late”?"),
    ("marks: {late: -0.5", "marks: {late: bad", "bad", "“late” must be a number, not “bad”."),
    (
        "source: attendance", "source: atendance", "atend",
        "“source”: there is no source of points “atendance”; did you mean “attendance”?",
    ),
    (
        "requirement: monthly-note, ", "", "笔记, source",
        "a part with “source: requirement” needs either “requirement” or “any_of”.",
    ),
    (
        "entries: [refused_task]", "count: 2", "拒绝",
        "a veto needs “entries”, “marks” or “requirements” that it looks at.",
    ),
    (
        "entries: [refused_task]", "entries: [refused]", "refused]",
        "“entries”: there is no kind of entry “refused”; did you mean “refused_task”?",
    ),
    (
        'clause: "6"', "each: school", "each: school",
        "“each” must be member or group: a school is not assessed by itself.",
    ),
    (
        "choices: {lt: 不满, le: 含本数}", "optional: true", "optional",
        "a setting of type choice needs “choices” with its answers.",
    ),
    ("type: date", "type: date, choices: {a: b}", "a: b", "“choices” belongs to a setting of type choice, not date."),
    (
        "type: date", "type: date, least: 1", "least: 1}",
        "“least” belongs to a setting of type number or percent, not date.",
    ),
    ("suggest: 5", "suggest: 99", "99", "“suggest” is no answer to this setting: “99” is too large; the most is 60."),
    (
        "suggest: 20%", "suggest: 20", "suggest: 20}",
        "“suggest” must be a share between 0 and 1, such as 0.9 or 90%, not “20”.",
    ),
    ("least: 1", "least: 70", "least: 70", "“least” (70) is more than “most” (60)."),
    ("type: number", "type: nummer", "nummer", "“type”: there is no type of setting “nummer”; did you mean “number”?"),
    ("source: 本校文件", "source: [a]", "[a]", "“source” must be a text, not “[…]”."),
    (
        "source: 本校文件", "source: {zh: 甲, 乙}", "乙",
        "“source”: a text with a comma needs quotation marks inside { }; “乙” looks like its rest.",
    ),
    ("source: 本校文件", "source: {en: Ours}", "Ours", "“source” lacks “zh”."),
    ("source: 本校文件", "source: {zh: 甲, fr: x}", "fr", "“fr” is no key of “source”; what may stand here: zh, en."),
    ("source: 本校文件", "source: '  '", "source", "“source” has no value; it needs a text."),
    ("source: 本校文件", "source: a\nid: again", "again", "the key “id” stands in line 2 already; a key stands once."),
    ("clauses:", "clauses: 3\nassessment:", "clauses: 3", "“clauses” must be keys with values, not “3”."),
    ("due: {day: 25}", "advice: perhaps", "perhaps", "“advice” must be true or false, not “perhaps”."),
    (
        "who: {levels: [backbone], min_age: 25, max_age: 44}", "who: each：每人", "每人",
        "“each：每人” has the wide colon “：”; after a key stands “:” with a space.",
    ),
    # not YAML, or more than data
    (
        "source: 本校文件", "source: a: b", "a: b",
        ("this is not YAML: a key with a colon may not stand here; check the indentation, and put a text with “: "
         "” in quotation marks."),
    ),
    (
        "source: 本校文件", "source：本校文件", "applies",
        "this is not YAML: a colon with a space after it is missing (“key: value”, not the wide “：”).",
    ),
    (
        "source: 本校文件", "\tsource: x", "source",
        ("this is not YAML: a text that begins with this sign needs quotation marks; lines are indented with "
         "spaces, never with tabs."),
    ),
    (
        "source: 本校文件", "source: '本校", "本校",
        "this is not YAML: a quotation mark that opens here is never closed.",
    ),
    ("source: 本校文件", "source: [x", "[x", "this is not YAML: a “[” is never closed, or a comma is missing."),
    ("source: 本校文件", "source: {zh: x", "zh: x", "this is not YAML: a “{” is never closed, or a comma is missing."),
    (
        "source: 本校文件", "  source: x", "  source",
        ("this is not YAML: this does not fit the lines above; check the indentation, "
         "and the quotation marks before it."),
    ),
    ("source: 本校文件", "source: &a x\n[a]: *a", "*a", "a key must be a word, not a list or a group of keys."),
    ("source: 本校文件", "source: *other", "*other", "“*other” refers to another place; a pack writes everything out."),
    (
        "source: 本校文件", "source: !!python/object/apply:os.system [ls]", "python",
        "“!!python/object/apply:os.system”: tags have no place in a pack; leave it out.",
    ),
    ("clauses:", "---\nclauses:", "---", "a second document begins (“---”); a file holds one pack."),
    ("source: 本校文件", "source: \x07", "source", "there are characters that are no text."),
    ("source: 本校文件", "source: \ud800", "source", "there are characters that are no text."),
    ("source: 本校文件", "source: " + "[" * 40 + "]" * 40, "[[", "this lies too deep: more than 30 levels."),
]
# fmt: on


@pytest.mark.parametrize(("old", "new", "word", "sentence"), MISTAKES, ids=[row[3][:60] for row in MISTAKES])
def test_a_mistake_is_said_in_one_sentence_with_its_line(old: str, new: str, word: str, sentence: str) -> None:
    text = with_(old, new)
    errors = check_pack(text, name="ours.yaml")
    line = line_of(text, word)
    assert f"ours.yaml, line {line}: {sentence}" in [str(error) for error in errors]
    with pytest.raises(PackError) as refused:
        read_pack(text, name="ours.yaml")
    assert str(refused.value) == str(errors[0])


def test_the_error_carries_what_stands_in_its_sentence() -> None:
    [error] = check_pack(with_("work: [reading_note", "work: [reding_note"), name="ours.yaml")
    assert (error.file, error.line, error.key, error.found) == ("ours.yaml", 25, "work", "reding_note")
    assert error.nearest == "reading_note"
    assert error.message.format(**error.params) == str(error)


def test_all_mistakes_are_listed_in_the_order_of_their_lines() -> None:
    text = (
        with_("type: weekday", "type: weekdy").replace("per: month", "per: moth").replace("{late: -0.5", "{lat: -0.5")
    )
    errors = check_pack(text)
    assert [error.nearest for error in errors] == ["weekday", "month", "late"]
    assert [error.line for error in errors] == sorted(error.line for error in errors)


def test_a_misspelt_key_is_said_once_and_not_as_missing_too() -> None:
    assert len(check_pack(with_("applies:", "aplies:"))) == 1


def test_a_pack_needs_something_in_it() -> None:
    head = PACK[: PACK.index("settings:")]
    assert [error.problem for error in check_pack(head)] == [
        "the pack has neither clauses nor assessments; write at least one."
    ]
    assert [str(error) for error in check_pack("# 只有说明\n", name="a.yaml")] == ["a.yaml: there is nothing in it."]
    empty = with_(PACK[PACK.index("    parts:") : PACK.index("    vetoes")], "    parts: []\n")
    assert "“parts” is empty; an assessment adds up at least one part." in [e.problem for e in check_pack(empty)]


def test_a_file_that_is_something_else_is_refused_quickly_and_briefly() -> None:
    assert [str(error) for error in check_pack("x" * 1_000_001, name="big.yaml")] == [
        "big.yaml: it has 1000001 bytes; a rule pack has at most 1000000."
    ]
    rows = "".join(f"column{number}: 1\n" for number in range(5_000))
    assert 100 < len(check_pack(rows)) < 1_000
    bomb = "a: &a [x]\n" + "".join(f"b{n}: &b{n} [{', '.join(['*a'] * 9)}]\n" for n in range(9))
    assert check_pack(bomb)[0].problem.startswith("“*a” refers to another place")


def test_a_misspelt_chinese_word_gets_the_nearest_chinese_word() -> None:
    text = with_("work: [reading_note", "work: [读书比记")
    [error] = check_pack(text, name="本校.yaml")
    assert (error.line, error.nearest) == (25, "读书笔记")


def test_what_is_found_is_quoted_short_and_harmless() -> None:
    [error] = check_pack(with_("per: month", 'per: "\\e[31m' + "x" * 500 + '"'))
    assert "\x1b" not in str(error)
    assert len(error.found) <= 41


def test_without_the_fast_library_the_same_is_read_and_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    meant = read_pack(PACK)
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert read_pack(PACK) == meant
    for old, new, word, _sentence in MISTAKES:
        text = with_(old, new)
        assert line_of(text, word) in [error.line for error in check_pack(text)], new
