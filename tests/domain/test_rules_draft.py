"""A pasted regulation becomes a draft: its clauses, what they ask for, and every place where something was lost."""

from __future__ import annotations

import os
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator_tui.domain.rules.draft import draft, to_yaml
from coordinator_tui.domain.rules.draft_figures import read_figure
from coordinator_tui.domain.rules.draft_parts import Flag, Sort
from coordinator_tui.domain.rules.reading import check_pack, read_pack
from coordinator_tui.text.cleaning import clean_regulation

if TYPE_CHECKING:
    from coordinator_tui.domain.rules.draft_parts import Draft, DraftClause, Proposal

COLLECTION = """教师交流制度大全方案

合集下载

教师互学制度

教师互学制度

教师互学制度一、引言教师是学校发展的力量,为了共同进步,制定本制度。

二、建设途径1. 校内:学校可以定期举办教学研讨会,分享经验。

2. 校外:教师每学期参加1次校外观摩活动。

三、制度要点1.活动的组织(1)学校每学年至少组织两次学习交流活动,时间不少于3至6天。

(2)活动由学校负责安排,确定时间和内容。

2.活动的评价(1)学校建立评价机制。

幼儿园教师读书制度(3篇)

幼儿园教师读书制度(3篇)

幼儿园教师读书制度一、教职工以自学为主,每两周集体学习三小时。

二、每人每年订阅教育期刊至少两种。

幼儿园教师读书制度(2)是为了提高教师素养而制定的。

1. 学历要求:教师应具备专科以上学历。

2. 继续教育:定期参加继续教育培训。

城乡教师轮岗工作制度

城乡教师轮岗工作制度一、总则第一条为推动城乡均衡发展,制定本制度。

第二条本制度适用于全县中小学教师。

二、轮岗机制第三条城镇教师每年有一定比例到乡村学校交流任教。

第四条按照第三条规定交流的教师,时间为一学年。

教研工作制度

教研工作制度

一、学习内容、方式

1、教科室每学期印发学习资料3次,这些资料是教师开展教育科研工作的重要参考,各教研组应当认真组织学习和讨
论,并做好记录。

2、市、县级骨干教师每学期要上两节示范课,每学年应有一定的教科研成果,参加培训后要上交一篇学习心得。

  1. 1、下载文档前请自行甄别文档内容的完整性,平台不提供额外的编辑、内容补充、找答案等附加服务。

教师研修制度
为提高教师业务水平,特制定以下制度:
、落实学习制度。

学校每学期要制定业务学习计划,由教务处和德育处轮流主持,利用每周一次的固定时间,与全体教师共同学习交流。

、教研组活动。

各教研组(备课组)开展周周教研活动,每次活动要定内容、定主讲人、定讨论题。

、校内交流。

第二学期举行总结、表彰会和成果交流会。

、每学期教师要撰写教学论文。

教师坚持每月写一篇有关教育的读书笔记或随笔、反思等小文章,每学期不少于篇。

、外出培训。

教师外出学习培训后,将学习内容向组内教师传达。

、考勤制度。

对无故迟到、缺勤的教师由教研组长做好记录。

相关文档
"""


def the_clause(of: Draft, id_: str) -> DraftClause:
    return next(clause for clause in of.clauses if clause.id == id_)


def proposed(text: str) -> list[Proposal]:
    """Return what one sentence proposes."""
    return list(draft(text, id="one").proposals)


@pytest.fixture(scope="module")
def collection() -> Draft:
    return draft(COLLECTION, id="collection")


# --- the order of the text -----------------------------------------------------------------------------------------


def test_documents_that_were_glued_together_are_told_apart_by_their_titles(collection: Draft) -> None:
    titles = [regulation.title for regulation in collection.regulations]
    assert titles == [
        "教师互学制度", "幼儿园教师读书制度(3篇)", "幼儿园教师读书制度(2)", "城乡教师轮岗工作制度",
        "教研工作制度", "教师研修制度",
    ]  # fmt: skip
    assert collection.title == "教师交流制度大全方案"


def test_clauses_keep_their_numbers_also_where_a_line_holds_several(collection: Draft) -> None:
    first = [(clause.id, clause.number, clause.path) for clause in collection.regulations[0].clauses]
    organisation = ("制度要点", "活动的组织")
    assert first == [
        ("1-1", "一、", ()),
        ("1-2.1", "1.", ("建设途径",)),
        ("1-2.2", "2.", ("建设途径",)),
        ("1-3.1.1", "(1)", organisation),
        ("1-3.1.2", "(2)", organisation),
        ("1-3.2.1", "(1)", ("制度要点", "活动的评价")),
    ]


def test_articles_count_through_the_chapters_and_a_mention_of_one_is_not_its_beginning(collection: Draft) -> None:
    assert [clause.id for clause in collection.regulations[3].clauses] == ["4-1", "4-2", "4-3", "4-4"]
    assert the_clause(collection, "4-4").text == "按照第三条规定交流的教师,时间为一学年。"
    assert collection.regulations[3].applies == "全县中小学教师"


def test_wrapped_lines_are_joined_and_every_proposal_knows_its_line(collection: Draft) -> None:
    clause = the_clause(collection, "5-1.1")
    assert "组织学习和讨论,并做好记录。" in clause.text
    lines = COLLECTION.split("\n")
    for proposal in collection.proposals:
        words = proposal.words.split("\n")[0]
        assert words[:6] in lines[proposal.line - 1], proposal


def test_clauses_whose_numbers_were_lost_are_counted_and_flagged(collection: Draft) -> None:
    clauses = collection.regulations[5].clauses
    assert [clause.id for clause in clauses] == ["6-0", "6-1", "6-2", "6-3", "6-4", "6-5", "6-6"]
    assert [Flag.LOST_NUMBER in clause.flags for clause in clauses] == [False, *[True] * 6]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("第一章 总则\n第一条 甲。\n第二条 乙。\n第二章 分则\n第三条 丙。", ["1", "2", "3"]),
        ("3.2交流形式\n3.2.1互派\n时间为一个月。\n3.2.2集中培训\n时间为一周。", ["3.2.1", "3.2.2"]),
        ("一、学习\n（一）自学。\n（二）集中学习。\n二、考核\n（一）考勤。", ["1.1", "1.2", "2.1"]),
        ("⑴甲项。\n⑵乙项。\n①丙。\n②丁。", ["1", "2", "2.1", "2.2"]),
        ("注意事项一:课程空缺\n提前安排。\n要点一:准备\n全面评估。", ["注意事项1", "要点1"]),
        ("一、甲。\n、乙。\n三、丙。", ["1", "2", "3"]),
        ("第条 甲。\n第条 乙。", ["1", "2"]),
        ("前言一句。\n1、甲事。2、乙事;3、丙事。", ["0", "1", "2", "3"]),
        ("内容1.甲:做事。\n2.乙:做事。\n要求1.丙:做事。", ["h1.1", "h1.2", "h2.1"]),
        ("甲事要做好。\n乙事也要做好。", ["0", "p1"]),
        ("一、二年级教师每周听课。\n三、四年级教师每月听课。", ["0", "p1"]),
        ("1.5小时以内。\n2.5小时以内。", ["0", "p1"]),
        ("", ["0"]),
    ],
)
def test_every_way_of_numbering_is_followed(text: str, ids: list[str]) -> None:
    found = [clause.id for clause in draft(text, id="one").clauses]
    assert found == (ids if text else [])


# --- numbers, periods, things, people ------------------------------------------------------------------------------

QUOTAS = [
    ("每位教师每周至少听三节课。", "week", 3, None, "lesson_observation"),
    ("每月上一节公开课、观摩课或交流课。", "month", 1, None, "open_lesson"),
    ("每学期写不少于6000字的业务学习笔记。", "term", 6000, None, "study_note"),
    ("每位教师每学期研读2-3本教育专著。", "term", 2, 3, "book"),
    ("每周向全体教师推荐两篇教育教学文章。", "week", 2, None, "article"),
    ("学校每月组织一次教师论坛活动。", "month", 1, None, "forum"),
    ("每学期组织教师进行一次集体备课。", "term", 1, None, "collective_preparation"),
    ("可以设立每月一次的交流分享会。", "month", 1, None, "sharing"),
    ("教科室每学期印发教研学习资料2次。", "term", 2, None, "material"),
    ("教科室每学期至少举办一次理论专题讲座。", "term", 1, None, "lecture"),
    ("每学年至少开展一次理论研讨活动。", "school_year", 1, None, "seminar"),
    ("每人每年订阅业务杂志至少一种。", "school_year", 1, None, "magazine"),
    ("教职工每两周集中学习两小时。", "two_weeks", 2, None, "professional_study"),
    ("每隔两周,双周开展一次教研组活动。", "two_weeks", 1, None, "group_research"),
    ("每周写教学反思不超过3篇。", "week", None, 3, "reflection"),
    ("每三年撰写案例十二篇。", "three_years", 12, None, "case"),
    ("每3个月上交随笔1篇。", "{months: 3}", 1, None, "essay"),
    ("教师每学期上示范课2节以上（含2节）。", "term", 2, None, "demonstration_lesson"),
    ("本学期共安排公开课12节。", "term", 12, None, "open_lesson"),
]


@pytest.mark.parametrize(("text", "per", "least", "most", "kind"), QUOTAS)
def test_an_amount_is_read_with_its_period_and_what_is_counted(
    text: str, per: str, least: float | None, most: float | None, kind: str
) -> None:
    (proposal,) = proposed(text)
    assert proposal.sort is Sort.QUOTA
    assert proposal.per is not None
    assert proposal.thing is not None
    assert (proposal.per.per, proposal.least, proposal.most) == (per, least, most)
    assert kind in proposal.thing.kinds
    assert proposal.words in text
    assert not proposal.flags


def test_every_amount_of_an_enumeration_has_its_own_thing() -> None:
    found = proposed("每人每学期完成读书笔记2篇、教学反思4篇、教学案例1篇,听课不少于十五节。")
    assert [(each.least, each.thing.kinds[0] if each.thing else "") for each in found] == [
        (2, "reading_note"), (4, "reflection"), (1, "case"), (15, "lesson_observation"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("市、县级骨干教师每学期上一节示范课。", (("levels", "[backbone_city, backbone_county]"),)),
        ("骨干教师每学期上一节示范课。", (("levels", "[backbone]"),)),
        ("教研组长每周听课不少于2节。", (("roles", "[leader]"),)),
        ("交流教师每月上一节公开课。", (("away", "required"),)),
        ("各备课组每周集体备课1次。", (("each", "group"), ("groups", "[lesson_preparation]"))),
        ("学校每学期举办2次讲座。", (("each", "school"),)),
        ("徒弟每周听师傅的课不少于2节。", (("pair_role", "apprentice"),)),
        ("新教师每学期上汇报课1节。", (("levels", "[new]"),)),
        ("教师每月写1篇反思。", ()),
    ],
)
def test_people_are_read_from_the_sentence(text: str, who: tuple[tuple[str, str], ...]) -> None:
    assert proposed(text)[0].bound.who == who


def test_people_whom_a_pack_cannot_name_are_flagged_and_nothing_is_owed_by_all() -> None:
    read = draft("一、班主任每学期写2篇教育随笔。", id="one")
    (proposal,) = read.proposals
    assert Flag.UNKNOWN_PEOPLE in proposal.flags
    pack = read_pack(to_yaml(read, {proposal.id: None}))
    assert [requirement.advice for requirement in pack.requirements] == [True]


def test_one_kind_of_teacher_does_not_bind_the_others_in_the_same_sentence() -> None:
    general, new = proposed("每位教师每学期听课不少于15节,其中新教师不少于20节。")
    assert (general.least, general.bound.who) == (15, ())
    assert (new.least, new.bound.who) == (20, (("levels", "[new]"),))


def test_what_follows_a_training_is_for_each_training() -> None:
    insight = proposed("参加培训后10天内要上交一篇学习心得。")[0]
    assert (insight.after, insight.within, insight.least, insight.per) == ("trainings", 10, 1, None)
    relay = proposed("教师将外出学习内容向组内教师传达。")[0]
    assert (relay.after, relay.flags) == ("trainings", (Flag.IMPLIED,))


def test_length_of_each_piece_and_session_belongs_to_the_amount() -> None:
    notes = proposed("每学期写2篇读书笔记,每篇不少于800字。")
    meetings = proposed("每周开展一次教研活动,每次不少于90分钟。")
    assert [(each.least, each.each, each.each_unit) for each in notes] == [(2, 800, "字")]
    assert [(each.least, each.each, each.each_unit) for each in meetings] == [(1, 90, "分钟")]


@pytest.mark.parametrize(
    ("text", "sort", "least", "most", "flags"),
    [
        ("每年交流的教师比例占总数的12%-18%。", Sort.SHARE, 12, 18, ()),
        ("三年内达到50%左右的教师参加交流。", Sort.SHARE, 50, None, (Flag.AMBIGUOUS,)),
        ("男50周岁以下的教师应交流。", Sort.AGE, None, 50, (Flag.AMBIGUOUS,)),
        ("在本校任教满7年的教师应交流。", Sort.SERVICE, 7, None, ()),
        ("没有完成的,四年后方有资格再次申请。", Sort.COOLDOWN, 4, None, ()),
        ("交流时间为一学期。", Sort.DURATION, 1, None, ()),
        ("培训时间一个月左右。", Sort.DURATION, 1, None, (Flag.AMBIGUOUS,)),
    ],
)
def test_shares_ages_service_and_lengths_are_told_apart(
    text: str, sort: Sort, least: float | None, most: float | None, flags: tuple[Flag, ...]
) -> None:
    (proposal,) = proposed(text)
    assert (proposal.sort, proposal.least, proposal.most, proposal.flags) == (sort, least, most, flags)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("申请的截止日期为5月31日。", ("", "05-31")),
        ("于8月5日前上报名册。", ("", "08-05")),
        ("每年6月份由学校研究确定。", ("06-01", "06-30")),
        ("7月中旬动员。", ("07-11", "07-20")),
    ],
)
def test_dates_are_read_for_every_year(text: str, days: tuple[str, str]) -> None:
    (proposal,) = proposed(text)
    assert (proposal.sort, proposal.days) == (Sort.DEADLINE, days)


@pytest.mark.parametrize(
    "text",
    [
        "自2031年秋季开始实施。", "教好三年级三班的语文课。", "本文提出三点意见。", "坚持八字方针。",
        "第三次修订。", "二、总则", "教师是一支重要的力量。", "在2月30日之前。", "学校不定期邀请专家来校。",
    ],
)  # fmt: skip
def test_numbers_that_ask_for_nothing_are_not_proposed(text: str) -> None:
    assert proposed(text) == []


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12", 12),
        ("十二", 12),
        ("二十", 20),
        ("一百二十", 120),
        ("两", 2),
        ("半", 0.5),
        ("1.5万", 15000),
        ("三千", 3000),
    ],
)
def test_chinese_and_arabic_figures_are_the_same(written: str, number: float) -> None:
    assert read_figure(written) == number


# --- what was lost -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("每学期不少于篇读书笔记。", "篇"),
        ("每学期听课不少于节,", "节"),
        ("每学期听课__节以上。", "节"),
        ("每月写反思（ ）篇。", "篇"),
        ("每学期完成XX篇反思。", "篇"),
        ("每周听课 节。", "节"),
        ("每年交流的教师占%。", "%"),
        ("男周岁以下的教师应交流。", "周岁"),
        ("在本校任教满年的教师应交流。", "年"),
        ("每年月日前上交申请。", "日"),
    ],
)
def test_a_lost_number_is_flagged_and_never_made_up(text: str, unit: str) -> None:
    (proposal,) = [each for each in proposed(text) if Flag.LOST_DIGITS in each.flags]
    assert (proposal.unit, proposal.least, proposal.most) == (unit, None, None)

    read = draft(f"一、{text}", id="one")
    pack = read_pack(to_yaml(read, dict.fromkeys((each.id for each in read.proposals), None)))
    assert [setting.suggest for setting in pack.settings] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "教师要人人达到要求。",
        "至少本学期完成。",
        "不少于两个环节以上。",
        "本校占地30亩。",
        "达到100%。",
        "共同完成15篇。",
    ],
)
def test_whole_words_are_not_taken_for_units_without_a_number(text: str) -> None:
    assert not [each for each in proposed(text) if Flag.LOST_DIGITS in each.flags]


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("学校定期举办教学研讨会。", Flag.NO_FREQUENCY),
        ("城镇教师每年有一定比例到乡村学校交流任教。", Flag.NO_SHARE),
        ("每学年应有一定的教科研成果。", Flag.VAGUE),
        ("学校每学期要制定学习计划。", Flag.IMPLIED),
        ("带好1-2名青年教师。", Flag.NO_PERIOD),
        ("每学期上公开课2节以上。", Flag.AMBIGUOUS),
        ("每学期家访10次。", Flag.UNKNOWN_THING),
    ],
)
def test_what_is_vague_is_flagged(text: str, flag: Flag) -> None:
    assert [flag in each.flags for each in proposed(text)] == [True]


def test_a_heading_without_text_a_torn_end_and_damaged_characters_are_flagged() -> None:
    read = draft(
        "3.1交流形式\n教师互派,时间为一周。\n3.2交流反馈\n3.3交流保障\n学校给予支持,在边远学?;虮∪鲩W校工作。\n"
        "3.4交流成果\n学校组织展示活动,让教师分享他们在交流期间的经验和",
        id="one",
    )
    flagged = {clause.id: [doubt.flag for doubt in clause.doubts] for clause in read.clauses}
    assert flagged == {"3.1": [], "3.2": [Flag.EMPTY], "3.3": [Flag.GARBLED], "3.4": [Flag.TRUNCATED]}


def test_a_question_is_no_damaged_character() -> None:
    assert not draft("一、教师如何备课?由教研组讨论。", id="one").clauses[0].doubts


# --- the pack ------------------------------------------------------------------------------------------------------


def everything(read: Draft) -> dict[str, float | None]:
    return dict.fromkeys((proposal.id for proposal in read.proposals), None)


def test_the_pack_of_one_regulation_is_read_and_says_what_the_document_says(collection: Draft) -> None:
    text = to_yaml(collection, everything(collection), 6, id="our-study")
    pack = read_pack(text)

    assert (pack.id, pack.title.zh) == ("our-study", "教师研修制度")
    assert [clause.id for clause in pack.clauses] == ["0", "1", "2", "3", "4", "5", "6"]
    assert pack.clauses[2].text.zh.endswith("定讨论题。")
    monthly = next(requirement for requirement in pack.requirements if "每月" in requirement.title.zh)
    assert monthly.what.kinds == ("reading_note", "essay", "reflection")
    assert monthly.how_many.at_least == 1
    series = pack.clauses[1].cadences[0]
    assert (series.every, series.hosts) == (1, ("教务处", "德育处"))
    lost = next(setting for setting in pack.settings if setting.title.zh == "每学期不少于篇")
    assert (lost.suggest, lost.why.zh) == (None, "数字缺失，请按本校文件填写")
    assert "# 待确认：数字缺失" in text


def test_a_number_that_a_person_sets_takes_the_place_of_the_setting(collection: Draft) -> None:
    lost = next(proposal for proposal in collection.proposals if Flag.LOST_DIGITS in proposal.flags)
    pack = read_pack(to_yaml(collection, {lost.id: 5}, 6))
    assert [requirement.how_many.at_least for requirement in pack.requirements] == [5]
    assert not pack.settings


@pytest.mark.parametrize("number", [None, 4])
@pytest.mark.parametrize(
    "text", ["一、每学期听课不超过节。", "一、每学期听课12节以下。", "一、每学期听课不得超过12节。"]
)
def test_what_is_the_most_that_may_be_stays_so_as_a_setting_and_with_a_number_that_a_person_sets(
    text: str, number: float | None
) -> None:
    read = draft(text, id="most")
    (proposal,) = read.proposals
    (requirement,) = read_pack(to_yaml(read, {proposal.id: number})).requirements
    assert requirement.how_many.at_least is None
    assert requirement.how_many.at_most is not None
    assert number is None or requirement.how_many.at_most == number


def test_a_pack_may_be_called_otherwise_than_the_document_and_still_says_where_it_comes_from() -> None:
    pack = read_pack(to_yaml(draft("听课制度\n一、每学期听课10节。", id="x"), {}, title="青禾小学听课办法"))
    assert pack.title.zh == "青禾小学听课办法"
    assert "《听课制度》" in pack.source.zh


def test_what_was_not_accepted_stands_only_as_a_comment(collection: Draft) -> None:
    text = to_yaml(collection, {})
    pack = read_pack(text)
    assert not pack.requirements
    assert not pack.settings
    assert text.count("未采用") == len(collection.proposals)


def test_all_regulations_in_one_pack_keep_their_clauses_apart(collection: Draft) -> None:
    pack = read_pack(to_yaml(collection, everything(collection)))
    ids = [clause.id for clause in pack.clauses]
    assert len(ids) == len(set(ids)) == len(collection.clauses)


def test_data_for_the_exchange_is_kept_as_data() -> None:
    read = draft(
        "一、每年交流的教师比例占总数的12%-18%。\n二、任教满7年(男50周岁以下)的教师应交流。\n三、申请截止日期为4月30日。\n"
        "四、没有完成的,四年后方有资格再次申请。\n五、城镇教师每年有一定比例到乡村交流。",
        id="exchange",
    )
    pack = read_pack(to_yaml(read, everything(read)))
    share, eligible, dates, cooldown, open_share = (clause.data for clause in pack.clauses)
    assert (share["quotas"][0]["ratio_at_least"], share["quotas"][0]["ratio_at_most"]) == (0.12, 0.18)
    assert eligible["eligibility"][0]["service_years"] == 7
    assert eligible["eligibility"][1]["male_age"] == 50
    assert dates["dates"][0]["until"] == "04-30"
    assert cooldown["cooldown"][0]["years"] == 4
    assert open_share["quotas"][0]["ratio_at_least"].key
    assert {setting.type.value for setting in pack.settings} == {"choice", "percent"}


def test_ids_are_made_of_names_in_any_script() -> None:
    assert read_pack(to_yaml(draft("一、听课。", id="学习 制度V2"), {})).id == "xx-zdv2"


PIECES = (
    "第一条", "第条", "一、", "（一）", "1.", "1、", "(1)", "①", "3.2.1", "、", "\n", "\n\n", "。", ",", "；",
    "：", "?", "...", "每周", "每月", "每学期", "每两周", "第二学期", "三年内", "每7年", "五年后方可",
    "不少于", "至少", "不超过", "以上", "以下", "左右", "一", "两", "0", "5", "1-2", "3至1", "半",
    "999999999999", "15%", "%", "篇", "次", "节", "字", "万字", "小时", "分钟", "天", "周岁", "名", "年",
    "5月31日前", "月日前", "读书笔记", "听课", "公开课", "集体备课", "讲座", "专著", "杂志", "青年教师",
    "成果", "定期", "一定比例", "一定的成果", "市、县级骨干教师", "教研组", "学校", "班主任", "参加培训后",
    "上交", "传达", "每篇", "每次", "定内容", "有主题", '由甲和"乙轮流主持', "固定时间", "教师学习制度",
    "(jì)", "學為與", "#", "- ", "&*{}@`|>%", "'", '"', "\\", "\ufffe", "\ud800", "\x07", "\t",
)  # fmt: skip
texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.text(max_size=60))


@settings(deadline=None)
@given(texts, st.sampled_from([None, 3.0, 0.5, 1e9]), st.booleans())
def test_whatever_was_pasted_becomes_a_pack_that_is_read(text: str, number: float | None, accept: bool) -> None:
    read = draft(text, id="any")
    ids = [proposal.id for proposal in read.proposals]
    assert len(ids) == len(set(ids))
    accepted = dict.fromkeys(ids, number) if accept else {}
    for regulation in (None, *range(1, len(read.regulations) + 1)):
        assert check_pack(to_yaml(read, accepted, regulation)) == []


@settings(deadline=None)
@given(texts)
def test_every_proposal_quotes_the_text_and_no_lost_number_gets_one(text: str) -> None:
    plain = clean_regulation(text).text.replace("\n", "")
    for proposal in draft(text, id="any").proposals:
        assert proposal.words.replace("\n", "") in plain
        if Flag.LOST_DIGITS in proposal.flags:
            assert proposal.least is None
            assert proposal.most is None


def test_a_long_collection_is_read_in_a_moment() -> None:
    begin = perf_counter()
    read = draft("\n\n".join([COLLECTION] * 30), id="long")
    assert perf_counter() - begin < 10
    assert len(read.regulations) > 100


# --- the documents that started it ---------------------------------------------------------------------------------

SEEDS = os.environ.get("COORDINATOR_SEEDS", "")
needs_seeds = pytest.mark.skipif(not SEEDS, reason="COORDINATOR_SEEDS names no folder with the documents")


def seed(name: str) -> Draft:
    return draft(next(Path(SEEDS).glob(f"{name}_*.txt")).read_text(encoding="utf-8"), id=f"seed-{name}")


# Regulation, clause, sort, period or event, least, most, unit: everything in the documents that has a number, or says
# how often, or leaves a number out; counted by hand from the text.
Wanted = tuple[int, str, str, str, float | None, float | None]
WANTED: dict[str, list[Wanted]] = {
    "001": [
        (2, "6.3", "quota", "sessions", 1, None), (3, "3.1.1", "quota", "school_year", 1, None),
        (3, "3.1.1", "duration", "", 4, 8), (8, "5", "quota", "term", 1, None),
        (8, "5", "quota", "month", 1, None), (9, "1", "quota", "two_weeks", 2, None),
        (9, "7", "quota", "trainings", 1, None), (9, "8", "quota", "school_year", 1, None),
        (11, "6", "share", "school_year", None, None), (13, "2.1", "quota", "term", 2, None),
        (13, "2.2", "quota", "term", 1, None), (13, "2.2", "quota", "school_year", 1, None),
        (13, "2.3", "quota", "school_year", None, None), (13, "2.3", "quota", "term", 1, None),
        (13, "2.3", "quota", "trainings", 1, None), (13, "2.8", "fields", "term", 100, None),
        (14, "1.1", "quota", "term", 1, 2), (14, "1.2", "quota", "week", 1, None),
        (14, "2.1", "quota", "month", 1, None), (14, "4", "quota", "term", 1, None),
        (14, "5", "quota", "term", 1, None), (14, "5.2", "quota", "trainings", 1, None),
        (19, "1", "quota", "term", 1, None), (19, "1", "quota", "week", 1, None),
        (19, "2", "quota", "week", 1, None), (19, "2", "fields", "term", 100, None),
        (19, "3", "quota", "second_term", 1, None), (19, "5", "quota", "trainings", 1, None),
        (19, "6", "quota", "term", 1, None), (19, "6", "quota", "month", 1, None),
        (19, "6", "quota", "term", None, None),
    ],
    "003": [
        (1, "3", "share", "school_year", 15, 20), (1, "3", "share", "three_years", 60, None),
        (1, "4.2", "service", "", 6, None), (1, "4.2", "age", "", None, 48), (1, "4.2", "age", "", None, 43),
        (1, "4.4", "service", "", 1, None), (1, "4.5", "service", "", 0.5, None),
        (1, "4.5", "service", "", 1, None), (1, "5.2", "service", "", 5, None),
        (1, "5.2", "quota", "school_year", 1, None), (1, "5.2.1", "deadline", "", None, None),
        (1, "5.2.2", "deadline", "", None, None), (1, "5.2.5", "cooldown", "", 5, None),
        (1, "5.4", "duration", "", 1, None), (1, "5.4", "duration", "", 1, None),
        (1, "5.5", "duration", "", 1, None), (1, "5.5", "duration", "", 1, None),
        (1, "6.1", "deadline", "", None, None), (1, "6.2", "deadline", "", None, None),
        (1, "6.3", "deadline", "", None, None), (2, "2.3", "quota", "week", 2, None),
        (2, "2.3", "quota", "month", 1, None), (3, "2.4", "quota", "week", 2, None),
        (3, "2.4", "quota", "month", 1, None), (3, "2.4", "quota", "term", 1, None),
        (3, "2.6", "quota", "", 1, 2), (3, "4.2", "quota", "term", 5000, None),
    ],
}  # fmt: skip


def as_counted(proposal: Proposal) -> Wanted:
    regulation, _dash, clause = proposal.clause.partition("-")
    when = proposal.after or (proposal.per.per if proposal.per else "")
    return int(regulation), clause, proposal.sort.value, when, proposal.least, proposal.most


@needs_seeds
@pytest.mark.parametrize("name", sorted(WANTED))
def test_the_numbers_of_the_documents_are_found_and_nothing_else(name: str) -> None:
    regular = [as_counted(each) for each in seed(name).proposals if Flag.NO_FREQUENCY not in each.flags]
    missed = [each for each in WANTED[name] if each not in regular]
    surplus = [each for each in regular if each not in WANTED[name]]
    assert (missed, surplus) == ([], [])


@needs_seeds
def test_the_nineteen_systems_of_the_collection_are_told_apart() -> None:
    regulations = seed("001").regulations
    assert len(regulations) == 19
    assert [each.title for each in regulations].count("教师学习交流制度") == 3
    assert [len(each.clauses) for each in regulations] == [
        10, 16, 16, 15, 18, 7, 6, 8, 8, 8, 17, 8, 9, 15, 6, 10, 10, 9, 11,
    ]  # fmt: skip


@needs_seeds
def test_the_blank_of_the_last_system_is_flagged_and_its_ten_clauses_have_numbers_again() -> None:
    read = seed("001")
    lost = [proposal for proposal in read.proposals if Flag.LOST_DIGITS in proposal.flags]
    assert [(each.clause, each.unit, each.line) for each in lost] == [("19-6", "篇", 757)]
    clauses = [clause.id for clause in read.regulations[18].clauses if Flag.LOST_NUMBER in clause.flags]
    assert clauses == [f"19-{number}" for number in range(1, 11)]


@needs_seeds
def test_the_empty_heading_and_the_torn_end_are_flagged() -> None:
    empty = [clause.id for clause in seed("000").clauses if Flag.EMPTY in clause.flags]
    torn = [clause.id for clause in seed("004").clauses if Flag.TRUNCATED in clause.flags]
    assert (empty, torn) == (["3.4.3"], ["0"])


@needs_seeds
@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_every_document_becomes_packs_that_are_read(name: str) -> None:
    read = seed(name)
    for regulation in (None, *range(1, len(read.regulations) + 1)):
        assert check_pack(to_yaml(read, everything(read), regulation)) == []
