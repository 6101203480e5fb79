"""A regulation pasted from a site becomes readable: pinyin, Traditional characters and the site's own words go."""

from __future__ import annotations

import os
import re
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from opencc import OpenCC  # type: ignore[import-untyped]  # it brings no types
from pypinyin import pinyin

from coordinator_tui.text.cleaning import HAN, RemovalKind, clean_regulation, is_title

REGULATION = """春风镇教师交流工作计划
为进一步推进教师队伍建设,结合我校实际,制定如下实施方案。
一、指导思想
深入贯彻落实上级精神,全面提高教师队伍整体素质,充分发挥骨干教师的示范和引领作用。
二、工作目标
自2031年秋季开始,每年参加交流的教师比例占符合条件人员总数的12%-18%,三年内达到50%左右。
三、交流对象与条件
1、凡在春风小学任教满7年(男50周岁以下、女45周岁以下)的教师,应有计划地进行交流。
2、工作满4年(新招聘的教师自转正定级后算起)的教师,每年安排2名教师有序交流。
四、学习要求
1、积极进行听课、评课活动,每周至少听三节课,每月上一节公开课、观摩课或交流课,写好听评课记录。
2、每学期写不少于4000字的业务学习笔记,参加培训后上交一篇学习心得。
(一)学校每学期举办两次专题讲座。
(二)教研组(备课组)按时间表开展活动。
⑴学校每年接受申请报告的截止日期为4月30日。"""


def as_pasted(text: str) -> str:
    """Return the text as a site hands it out: Traditional, and pinyin in brackets after every character."""
    spoken = (f"{char}({pinyin(char)[0][0]})" if re.match(f"[{HAN}]", char) else char for char in text)
    return str(OpenCC("s2t").convert("".join(spoken)))


def test_hundreds_of_pinyin_insertions_and_traditional_characters_leave_the_text_as_it_was_written() -> None:
    pasted = as_pasted(REGULATION)
    assert len(re.findall(r"\([^()]{1,6}\)", pasted)) > 300

    cleaned = clean_regulation(pasted)

    assert cleaned.text == REGULATION
    assert cleaned.counts[RemovalKind.PINYIN] > 300
    assert cleaned.counts[RemovalKind.TRADITIONAL] > 10


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        ("計(jì)劃", "計劃"),
        ("活動（dòng），", "活動，"),
        ("老师(shi)们", "老师们"),
        ("老师( shī )们", "老师们"),
        ("教师(jiàoshī)", "教师"),
        ("教师(jiào shī)", "教师"),
        ("师(shi1)", "师"),
        ("学习(xí)(xí)", "学习"),
        ("“善小”(xiǎo)", "“善小”"),
        ("女(nǚ)教师", "女教师"),
        ("绿(lǜ)色", "绿色"),
        ("因?zhuān)业", "因?业"),
        ("計jì)劃", "計劃"),
        ("計(jì劃", "計劃"),
    ],
)
def test_brackets_with_the_reading_of_what_is_before_them_go(pasted: str, clean: str) -> None:
    assert clean_regulation(pasted).text == clean


@pytest.mark.parametrize(
    "text",
    [
        "(1)学校", "内容(2)活动", "（一）总则", "计划(2012)号", "观看比赛(NBA)", "教学软件(app)", "微信(ok)",
        "教师(he)", "三年级(a)班", "学习资料(pdf)", "选项(b)", "语文(必修)", "教研组(备课组、学科组)", "男(48周岁)",
        "英语单词(he)", "时间(am)", "咖啡馆(café)", "春风小学(5篇)",
    ],
)  # fmt: skip
def test_brackets_that_are_no_pinyin_stay(text: str) -> None:
    cleaned = clean_regulation(text)
    assert cleaned.text == text
    assert not cleaned.removed


def test_a_simplified_text_with_a_few_traditional_characters_is_not_converted() -> None:
    text = "学校每学期组织教师研读经典。" * 8 + "《論語》选读、乾隆年间的故事。"
    assert clean_regulation(text).text == text


def test_traditional_text_is_converted_and_every_line_of_it_is_noted() -> None:
    cleaned = clean_regulation("教師學習交流制度\n學校每學期組織教師進行一次集體備課。\n2031-2032")
    assert cleaned.text == "教师学习交流制度\n学校每学期组织教师进行一次集体备课。\n2031-2032"
    noted = [(removal.line, removal.words) for removal in cleaned.removed]
    assert noted == [(1, "師學習"), (2, "學學組織師進體備課")]


SITE = """教师学习制度

合集下载
  1. 1、下载文档前请自行甄别文档内容的完整性,平台不提供额外的编辑、内容补充、找答案等附加服务。
  2. 2、"仅部分预览"的文档,不可在线预览部分如存在完整性等问题,可反馈申请退款(可完整预览的文档不适用该条件!)。
第 1 页 共 5 页
1/5
教师学习制度
教师学习制度一、每两周集中学习一次。
下面是小编带来关于学习制度的内容,希望能让大家有所收获!



二、每人每月写一篇反思。第2页/共5页
© 2031 某某网 版权所有
• 1. 本站所有资源如无特殊说明,都需要本地电脑安装阅读器。图纸软件请下载最新的WinRAR软件解压。
- 3 -
相关文档
最新文档
★ 2031小学教师个人工作计划5篇
"""


def test_what_the_site_put_around_the_text_goes_and_is_told_with_its_line() -> None:
    cleaned = clean_regulation(SITE)

    assert cleaned.text == "教师学习制度\n\n一、每两周集中学习一次。\n\n二、每人每月写一篇反思。"
    assert cleaned.lines == (1, 2, 9, 10, 14)
    where = {(removal.line, removal.kind) for removal in cleaned.removed}
    assert where >= {
        (3, RemovalKind.BOILERPLATE),
        (6, RemovalKind.COUNTER),
        (7, RemovalKind.COUNTER),
        (8, RemovalKind.REPEATED),
        (9, RemovalKind.REPEATED),
        (10, RemovalKind.BOILERPLATE),
        (12, RemovalKind.BLANK),
        (14, RemovalKind.COUNTER),
        (15, RemovalKind.BOILERPLATE),
        (17, RemovalKind.COUNTER),
        (20, RemovalKind.BOILERPLATE),
    }


@pytest.mark.parametrize(
    "text",
    [
        "教师下载资料须登记。",
        "课题成果的版权归学校所有。",
        "教师交流制度是指教师之间互相学习的制度。",
        "三、资料下载与分享",
        "每学期评论一次课例。",
        "完成率不低于4/5。",
        "教学常规管理制度\n教学常规管理制度实施细则",
    ],
)
def test_what_belongs_to_the_regulation_stays(text: str) -> None:
    assert clean_regulation(text).text == text


def test_full_width_digits_wide_spaces_and_invisible_characters_are_put_right() -> None:
    cleaned = clean_regulation("第３条\u3000每学期\u00ad不少于１０\u200b节（含１０节），占８０％。")
    assert cleaned.text == "第3条 每学期不少于10节（含10节），占80%。"
    assert set(cleaned.counts) == {RemovalKind.INVISIBLE, RemovalKind.WIDTH}


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("教师学习交流制度", True), ("教师学习制度(5篇)", True), ("2031年教师交流工作计划(一)", True),
        ("一、工作计划", False), ("(一)学习制度", False), ("每学期制定一份计划", True), ("严格落实学习制度。", False),
        ("为了落实制度,制定本办法", False), ("总结", False),
    ],
)  # fmt: skip
def test_a_title_is_short_and_without_punctuation(line: str, *, title: bool) -> None:
    assert is_title(line) is title


PIECES = (
    "教师学习制度", "教師學習交流", "(jì)", "（dòng）", "(", ")", "?", "计", "劃", "\n", "\n\n", "。", "1/5", "第1页",
    "合集下载", "©", "本站所有", " ", "\u3000", "１", "(1)", "（一）", "、", "一、", "_第2页", "第 1 页 共 5 页",
    "\u00ad", "\u200b", "★", "小编为大家", "jì)", "\r\n", "\u0301", "著", "乾", "后", "後", "裏",
)  # fmt: skip
pasted_texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.text(max_size=80))


@settings(deadline=None)
@given(pasted_texts)
@example("教师学习制度\n教师学习制度教师学习制度一、")
@example("计(jì(jì))")
@example("學為與" + "们" * 147 + "\n1/5")
def test_cleaning_what_was_cleaned_changes_nothing(text: str) -> None:
    once = clean_regulation(text)
    again = clean_regulation(once.text)
    assert again.text == once.text
    assert len(once.lines) == len(once.text.split("\n"))
    assert once.lines == tuple(sorted(once.lines))


def test_a_long_collection_is_cleaned_in_a_moment() -> None:
    pasted = "\n\n".join([as_pasted(REGULATION)] * 40)
    begin = perf_counter()
    cleaned = clean_regulation(pasted)
    assert perf_counter() - begin < 10
    assert cleaned.text.count("指导思想") == 40


SEEDS = os.environ.get("COORDINATOR_SEEDS", "")


@pytest.mark.skipif(not SEEDS, reason="COORDINATOR_SEEDS names no folder with the documents")
def test_no_pinyin_is_left_of_the_document_that_was_full_of_it() -> None:
    text = next(Path(SEEDS).glob("003_*.txt")).read_text(encoding="utf-8")
    cleaned = clean_regulation(text)

    toned = "[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]+"
    assert len(re.findall(rf"[（(]{toned}[)）]", text)) == 648
    assert len(re.findall(rf"{toned}[)）]", text)) == 652
    assert cleaned.counts[RemovalKind.PINYIN] == 652
    assert not re.findall(rf"[（(]\s*[^\W\d_{HAN}]+\s*[)）]|{toned}[)）]", cleaned.text)
    assert OpenCC("t2s").convert(cleaned.text) == cleaned.text
    assert "小编" not in cleaned.text
    assert "★" not in cleaned.text
