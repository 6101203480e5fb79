"""The words that a pack may use for kinds, units and roles: codes, and what people call them in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from coordinator_tui.domain import vocabulary as v
from coordinator_tui.domain.rules.pack import Away, Counted, Each, Measure, PartSource, SettingType, Source
from coordinator_tui.text import fold, in_language, lazy

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    from coordinator_tui.text import LazyText


@dataclass(frozen=True, slots=True, eq=False)
class WordList:
    """One closed list: what its words are called, the codes, words of people for them, words for several codes.

    The titles of the vocabulary, in both languages, are words too.
    """

    name: LazyText
    codes: tuple[str, ...]
    kind: type[StrEnum] | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    several: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def read(self, text: str) -> tuple[str, ...]:
        """Return the codes that a word stands for; none when the list does not know it."""
        return _known(self).get(_key(text), ())

    def offered(self) -> tuple[str, ...]:
        """Return the words to choose from, for a message: codes, then words for several."""
        return (*self.codes, *(word for word in self.several if word.isascii()))

    def near(self) -> tuple[str, ...]:
        """Return all words, for finding the one that was meant."""
        return (*self.codes, *self.several, *self.words, *(str(name) for name in _titles(self)))


def _titles(words: WordList) -> dict[str, str]:
    """Titles in both languages and the codes that they stand for."""
    named = [(code, v.TITLES.get(code)) for code in words.kind or ()]
    return {
        in_language(language, title.message): code.value
        for code, title in named
        if title is not None
        for language in ("zh", "en")
    }


@cache
def _known(words: WordList) -> dict[str, tuple[str, ...]]:
    single = {word: (code,) for word, code in (_titles(words) | dict(words.words)).items()}
    codes = {code: (code,) for code in words.codes}
    return {_key(word): meant for word, meant in (single | dict(words.several) | codes).items()}


def _key(text: str) -> str:
    return fold(text).replace("-", "_")


def _of(
    name: LazyText, kind: type[StrEnum], /, several: Mapping[str, tuple[str, ...]] | None = None, **words: str
) -> WordList:
    """Build a list of an enumeration; `words` gives a code the further words for it, parted by blanks."""
    return WordList(name, tuple(code.value for code in kind), kind, _spread(words), several or {})


def _list(name: LazyText, **words: str) -> WordList:
    return WordList(name, tuple(words), None, _spread(words))


def _spread(words: Mapping[str, str]) -> dict[str, str]:
    return {word: code for code, line in words.items() for word in line.split()}


_BACKBONE = (
    v.Level.BACKBONE_SCHOOL.value,
    v.Level.BACKBONE_COUNTY.value,
    v.Level.BACKBONE_CITY.value,
    v.Level.BACKBONE_PROVINCE.value,
)

SESSION_KINDS = _of(
    lazy("form of activity"), v.SessionKind,
    policy_study="政治理论学习", professional_study="集体学习", group_research="教研 教研会 教研组活动",
    collective_preparation="备课", lecture="专题讲座", forum="论坛", observation="听课 课堂观摩",
    sharing="经验交流会 交流会", visit="参观 考察", results_meeting="总结会 表彰会 成果交流会",
)  # fmt: skip
WORK_KINDS = _of(
    lazy("kind of work"), v.WorkKind,
    study_note="学习笔记", reflection="教学反思", essay="教学随笔 小文章", insight="心得 心得体会 体会",
    lesson_observation="听课", case="教学案例", training_report="汇报 外出汇报",
)  # fmt: skip
READING_KINDS = _of(lazy("kind of reading"), v.ReadingKind, book="书 书籍 专著", article="文章")
ACHIEVEMENT_KINDS = _of(lazy("kind of achievement"), v.AchievementKind, paper="论文", project="课题", courseware="课件")
ENTRY_KINDS = _of(
    lazy("kind of entry"), v.EntryKind, survey="问卷", speech="发言", relay="传达", magazine="杂志 期刊", news="报道"
)
PLACEMENT_FORMS = _of(lazy("form of exchange"), v.PlacementForm)
GROUP_KINDS = _of(lazy("kind of group"), v.GroupKind, whole_staff="全体教师")
ROLES = _of(lazy("role"), v.Role, member="成员")
LEVELS = _of(
    lazy("level"), v.Level,
    several={"backbone": _BACKBONE, "骨干": _BACKBONE, "骨干教师": _BACKBONE},
    new="新教师 青年教师", regular="一般教师", subject_leader="学科带头人", special_grade="特级教师",
)  # fmt: skip
LEVELS_AND_OTHER = WordList(
    lazy("level"), (*LEVELS.codes, "other"), v.Level, {**LEVELS.words, "其他": "other", "其余": "other"}, LEVELS.several
)
MARKS = _of(lazy("mark"), v.Mark, absent="旷会 缺席 无故缺席", present="到 实到", other_leave="请假")
SCOPES = _of(lazy("scope"), v.Scope, school="校内", between_schools="校际 跨校", region="区域", nation="全国")
AWARD_LEVELS = _of(
    lazy("award level"), v.AwardLevel,
    school="校 校级", county="县 区 县级 区级", city="市 市级", province="省 省级", nation="国家 国家级 全国",
)  # fmt: skip
AREAS = _of(lazy("area of training"), v.TrainingArea)
GRADES = _list(lazy("grade"), A="甲 优", B="乙 良", C="丙")

EACHES = _of(lazy("who owes"), Each, member="每人 成员 教师 每位教师", group="每组 小组", school="学校 全校")
AWAYS = _of(lazy("rule for exchange"), Away, excused="免除 不要求", required="只对交流教师", counted="照常 一样")
COUNTEDS = _of(
    lazy("way of counting"), Counted,
    held="开展 举行", attended="参加 出席", spoken="主讲 发言", hosted="主持", recommended="推荐", read="阅读 读",
    as_mentor="师傅 作师傅", as_apprentice="徒弟 作徒弟",
)  # fmt: skip
MEASURES = _of(
    lazy("measure"),
    Measure,
    count="次数 篇数 次 篇 本 个",
    minutes="分钟",
    hours="小时 学时",
    days="天 天数",
    words="字 字数",
)
SOURCES = _of(lazy("what counts"), Source)
SETTING_TYPES = _of(
    lazy("type of setting"), SettingType,
    number="数字 数", percent="百分比 比例", choice="选择 单选", date="日期", weekday="星期", time="时间",
    text="文字 文本", yes_no="是否",
)  # fmt: skip
PART_SOURCES = _of(
    lazy("source of points"), PartSource,
    attendance="考勤", requirement="要求", work="材料", achievements="成果", entries="登记", pairs="结对",
    sessions="活动", parts="合计 小计",
)  # fmt: skip
EVENTS = _list(lazy("event"), trainings="培训 外出培训", sessions="活动", achievements="成果", placements="交流 轮岗")
PERIODS = _list(
    lazy("period"),
    session="活动 每次活动 每次", week="周 每周 星期 每星期 weekly", two_weeks="两周 每两周 双周 fortnight biweekly",
    month="月 每月 monthly", term="学期 每学期 semester", first_term="上学期 第一学期", second_term="下学期 第二学期",
    school_year="学年 每学年 年 每年 year yearly", three_years="三年 每三年", five_years="五年 每五年",
)  # fmt: skip
DUE_WORDS = _list(lazy("due date"), end="期末 末 月底")
PAIR_ROLES = _list(lazy("role in a pair"), mentor="师傅", apprentice="徒弟")
SPEAKERS = _list(lazy("way of finding speakers"), none="无 不轮流", rotate="轮流 轮换")
THINGS = _list(lazy("thing with fields"), session="活动", member="成员 教师")
SESSION_FIELDS = _list(
    lazy("field of a session"),
    plan="计划 方案", topic="主题 内容", speaker="主讲人 发言人", kind="形式 form", host="主持人", recorder="记录人",
    place="地点", question="讨论题", minutes="纪要 记录", start="开始时间", end="结束时间", scope="范围", group="小组",
    date="日期",
)  # fmt: skip
MEMBER_FIELDS = _list(
    lazy("field of a member"),
    gender="性别", birth="出生年月", subject="学科", stage="学段", title="职称", level="教师层级 层级", honours="荣誉",
    joined_school="到校时间 来校时间", joined_work="参加工作时间", phone="电话", note="备注",
)  # fmt: skip
ENTRY_FIELDS = _list(
    lazy("field of an entry"),
    title="标题 题目", member="成员", group="小组", session="活动", training="培训", placement="交流",
    value="数值", before="原数值", count="人数", due="期限", done_on="完成日期", outcome="结果", note="备注",
)  # fmt: skip
WORK_FIELDS = _list(
    lazy("field of a piece of work"),
    title="标题 题目", words="字数", grade="等第", checker="检查人", checked_on="检查日期", reading="书目",
    session="活动", training="培训", note="备注",
)  # fmt: skip
ACHIEVEMENT_FIELDS = _list(
    lazy("field of an achievement"),
    level="级别", grade="等次", issuer="颁发单位", number="证书编号", archive="档案号", note="备注",
)  # fmt: skip
TRAINING_FIELDS = _list(
    lazy("field of a training"),
    until="结束日期", hours="学时", area="科目", level="级别", organiser="主办单位", note="备注",
)  # fmt: skip
PLACEMENT_FIELDS = _list(
    lazy("field of a placement"),
    form="交流形式", until="结束日期", home_school="派出学校", host_school="接收学校", note="备注",
)  # fmt: skip
