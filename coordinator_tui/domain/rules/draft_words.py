"""Words by which regulations call what is counted and who is bound, and what a pack calls them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coordinator_tui.domain.rules.draft_parts import Bound, Thing

_OF = (
    "(?:教师|教学|教育|教科研|科研|教研|学习|交流|经验|理论|专题|学术|课堂|学科|班级|合作|研究|心理健康|业务|专业|优秀|成果|读书"
    "|思想|课题|高质量|的){0,6}"
)
_THINGS: tuple[tuple[str, str, str], ...] = (
    ("读书笔记|读书心得|读后感|阅读笔记|读书随笔", "work", "reading_note"),
    ("(?:业务|政治|理论|专业)?学习笔记|业务笔记|政治笔记", "work", "study_note"),
    ("听后感想|外出(?:学习|培训)?汇报|(?:学习|培训)(?:汇报|总结)|考察报告|学习记录", "work", "training_report"),
    ("学习心得(?:体会)?|心得体会|学习体会|培训心得|心得(?!到)|体会(?!到)", "work", "insight"),
    ("(?:教学|课后|教育)?反思(?!和总结)", "work", "reflection"),
    ("(?:教学|教育)?随笔|教育叙事|研究叙事|教学日记|交流日记|教育日志|小文章", "work", "essay"),
    ("听评?课(?:记录|笔记|本)|听、?评课|听[^,，。;；、]{0,8}?课(?![程题改堂])(?:记录)?", "work", "lesson_observation"),
    ("示范课", "work", "demonstration_lesson"),
    ("(?:公开|汇报|交流|研讨|展示|研究|观摩|优质|达标|过关)课", "work", "open_lesson"),
    ("(?:教育|教学|科研|教科研|学术|德育){0,6}论文", "work", "paper"),
    ("(?:教学|教育)?案例(?!分析|剖析|库)", "work", "case"),
    ("(?:工作|教学|教研|活动|业务|学习|读书|个人|成长|备课){1,6}计划", "work", "plan"),
    ("(?:工作|教学|教研|活动|个人|学期){1,6}总结(?![、表])", "work", "summary"),
    ("(?:集体|共同)备课", "sessions", "collective_preparation"),
    (f"{_OF}(?:讲座|报告会)", "sessions", "lecture"),
    ("(?:教师|教育|教学)?论坛", "sessions", "forum"),
    ("总结、?表彰(?:大)?会|表彰(?:大)?会|成果(?:交流|展示|汇报|推广)会", "sessions", "results_meeting"),
    (
        "教研(?:组|室)?(?:活动|会议?|讨论会)|教学研讨活动|校本(?:教研|研训)|教科研(?:会议|活动)|备课组活动",
        "sessions",
        "group_research",
    ),
    ("研讨(?:会|班|活动)|(?:理论|学术|教学|专题)研讨", "sessions", "seminar"),
    (f"{_OF}(?:分享会|交流(?:合作)?会议?|座谈会|沙龙)|{_OF}交流(?:合作)?活动|(?<=组织)交流", "sessions", "sharing"),
    ("(?:课堂|教学|相互|互相)观摩|观摩(?:教学|活动|课堂)", "sessions", "observation"),
    ("参观|考察|交流访问|互访", "sessions", "visit"),
    ("政治(?:理论)?学习", "sessions", "policy_study"),
    ("业务学习|集[中体]学习(?:活动)?|理论学习(?!与|和)|共同学习(?:交流)?|例会学习", "sessions", "professional_study"),
    (
        "外出[^,，。;；]{0,4}(?:学习|培训)|(?:培训|外)?学习活动|继续教育(?:培训)?|(?:专业|专题|校本|集中|教师|学习){0,6}培训班?(?:活动)?",
        "trainings",
        "",
    ),
    ("(?:教育)?专[著着]|(?:教育|理论|教学)(?:名著|著作|书籍)|书籍|著作|图书|(?<=[本读])书", "readings", "book"),
    (f"{_OF}文章", "readings", "article"),
    ("(?:业务|专业|教育|教学|学科){0,6}(?:杂志|期刊|报刊|刊物)", "entries", "magazine"),
    ("(?:教科研|教研|学习|培训|理论){1,6}(?:资料|材料)", "entries", "material"),
    ("满意度调查|问卷调查", "entries", "survey"),
    ("学生(?:评价|评教|反馈)", "entries", "student_evaluation"),
    ("传达", "entries", "relay"),
    ("评估", "entries", "evaluation"),
    ("汇报", "entries", "report"),
    ("(?:青年|年轻|新)教师|徒弟|结对", "pairs", ""),
    (
        "教师(?:有序)?交流|交流任教|(?:参加|到[^,，。]{0,8})交流(?:的)?(?:教师)?|交流(?:任教)?的教师|支教|轮岗",
        "placements",
        "",
    ),
    ("课题", "achievements", "project"),
    (f"(?:{_OF}与)?{_OF}成果", "achievements", ""),
    ("教案|作业|家访|试卷|课件|例会|校委会|行政会议?|教学视频|班会|网络学习|谈心", "", ""),
)
_PATTERNS = tuple((re.compile(pattern), source, kind) for pattern, source, kind in _THINGS)


_LESSON = {"lesson_observation", "open_lesson", "demonstration_lesson"}
_PEOPLE = {"名", "位", "人", "对"}
_HOURS = {"小时", "个小时", "学时", "课时", "分钟", "天", "日"}


def fits(thing: Thing, unit: str) -> bool:
    """Whether a thing can be counted in a unit: lessons are not counted in 篇, people only in 名."""
    lesson = bool(set(thing.kinds) & _LESSON)
    if unit in _PEOPLE:
        return thing.source in {"pairs", "placements", "trainings", "achievements", ""}
    if thing.source == "pairs":
        return unit == ""
    if unit in {"篇", "字", "万字"}:
        return (thing.source == "work" and not lesson) or thing.source in {"readings", "achievements"}
    if unit in {"节", "节次", "堂"}:
        return lesson or thing.source in {"sessions", ""}
    if unit in {"本", "册", "部"}:
        return thing.source in {"readings", "entries", ""} or (thing.source == "work" and not lesson)
    return unit not in _HOURS or thing.source in {"sessions", "trainings", "placements", ""}


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing that is named in a sentence, and where."""

    start: int
    end: int
    thing: Thing


def things(sentence: str) -> list[Mention]:
    """Find everything in a sentence that can be counted, in order; the more telling word wins where two overlap."""
    found: list[Mention] = []
    for pattern, source, kind in _PATTERNS:
        for match in pattern.finditer(sentence):
            if match.end() > match.start() and not any(
                match.start() < other.end and other.start < match.end() for other in found
            ):
                thing = Thing(match[0].removeprefix("高质量").removeprefix("的"), source, (kind,) if kind else ())
                found.append(Mention(match.start(), match.end(), thing))
    return _joined(sentence, sorted(found, key=lambda mention: mention.start))


def _joined(sentence: str, mentions: list[Mention]) -> list[Mention]:
    """Make one of things that are named as alternatives: "公开课、观摩课或交流课"."""
    chains: list[list[Mention]] = []
    for mention in mentions:
        gap = sentence[chains[-1][-1].end : mention.start] if chains else ""
        if chains and gap in {"、", "或", "或者"} and chains[-1][-1].thing.source == mention.thing.source:
            chains[-1].append(mention)
        else:
            chains.append([mention])
    return [each for chain in chains for each in _alternatives(sentence, chain)]


def _alternatives(sentence: str, chain: list[Mention]) -> list[Mention]:
    start, end = chain[0].start, chain[-1].end
    if len(chain) < 2 or "或" not in sentence[start:end]:
        return chain
    kinds = dict.fromkeys(kind for mention in chain for kind in mention.thing.kinds)
    return [Mention(start, end, Thing(sentence[start:end], chain[0].thing.source, tuple(kinds)))]


_RANKS = {
    "省": "backbone_province",
    "市": "backbone_city",
    "县": "backbone_county",
    "区": "backbone_county",
    "校": "backbone_school",
}
_RANKED = re.compile("((?:[省市县区校]级?[、和及,，]?){1,5})级?骨干(?:教师)?")
_SOME: tuple[tuple[str, str, str], ...] = (
    ("骨干(?:教师)?", "levels", "[backbone]"),
    ("学科带头人", "levels", "[subject_leader]"),
    ("特级教师", "levels", "[special_grade]"),
    ("新(?:任|入职|上岗)?教师", "levels", "[new]"),
    ("(?:教研|备课|学科|年级)?组长", "roles", "[leader]"),
    ("(?:交流|支教|轮岗|挂职)(?:的)?教师", "away", "required"),
    ("师傅|指导教师", "pair_role", "mentor"),
    ("徒弟", "pair_role", "apprentice"),
)
_OTHERS = re.compile(
    r"班主任|年级主任|教导主任|中层(?:干部)?|名师|教研员|青年教师|年轻教师|(?:高级|一级|二级)教师|党员(?:教师)?|\d+周岁以[上下]的?教师"
)
"""People whom a pack cannot name."""
UNKNOWN = ("", "")
"""Stands in `who` for people whom a pack cannot name."""
_GROUPS = {"教研组": "teaching_research", "备课组": "lesson_preparation", "学科组": "subject", "年级组": "grade"}
_SCHOOLS = re.compile("学校|幼儿园|教科室|教导处|政教处|教研室|校长|行政|全校")
_HOLDING = re.compile("组织|举[办行]|开展|召开|安排|邀请|开设|印发|推荐|派|进行")


def _levels(match: re.Match[str]) -> str:
    return f"[{', '.join(dict.fromkeys(_RANKS[char] for char in match[1] if char in _RANKS))}]"


def named_people(text: str, thing: Thing | None) -> Bound | None:
    """Return the teachers that a text names: 骨干教师, 教研组长, 交流教师 …; None when it names none."""
    ranked = list(_RANKED.finditer(text))
    if ranked:
        return Bound(ranked[-1][0], (("levels", _levels(ranked[-1])),))
    patterns = [(re.compile(pattern), (key, value)) for pattern, key, value in _SOME] + [(_OTHERS, UNKNOWN)]
    for pattern, who in patterns:
        found = pattern.search(text)
        if found and not (thing and found[0] in thing.name) and not _is_object(text, found):
            return Bound(found[0], (who,))
    return None


def _is_object(sentence: str, found: re.Match[str]) -> bool:
    """Whether those named are not the ones who owe: who is helped, or whom the leader's work is for."""
    return bool(re.search("[对向为给带帮]$|指导$|培养$|选送$|以上$|[名位]$", sentence[: found.start()]))


def everybody(sentence: str, thing: Thing | None) -> Bound:
    """Return who owes a thing where no certain teachers are named: each group, the school, or every member."""
    group = re.search("|".join(_GROUPS), sentence)
    source, kinds = (thing.source, thing.kinds) if thing else ("", ())
    group = group or re.search("|".join(_GROUPS), thing.name if thing else "")
    if source == "sessions" and group:
        return Bound(group[0], (("each", "group"), ("groups", f"[{_GROUPS[group[0]]}]")))
    if source == "sessions" and not _HOLDING.search(sentence) and re.search("教职工|每人|每[位名]|参加", sentence):
        return Bound("", ())
    school = _SCHOOLS.search(sentence)
    if source in {"sessions", "placements"} or kinds in {("material",), ("survey",), ("evaluation",)}:
        return Bound(school[0] if school else "", (("each", "school"),))
    if school and (source in {"trainings", "entries"} or kinds in {("article",), ("plan",), ("summary",)}):
        return Bound(school[0], (("each", "school"),))
    return Bound("", ())
