"""What a clause seems to ask for: numbers with period, thing and people; dates and bounds; what is missing."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from coordinator_tui.domain.rules.draft_figures import FIGURE, counts, year_days
from coordinator_tui.domain.rules.draft_lost import gaps
from coordinator_tui.domain.rules.draft_parts import Bound, Flag, Period, Sort, Thing
from coordinator_tui.domain.rules.draft_sentence import TRAINED, Amount, Sentence, known_people
from coordinator_tui.domain.rules.draft_words import UNKNOWN, Mention, things

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from coordinator_tui.domain.rules.draft_figures import Count
    from coordinator_tui.domain.rules.draft_lost import Gap
    from coordinator_tui.domain.rules.draft_parts import Proposal

    Placed = tuple[int, Proposal]
    """A proposal and where in its sentence it was found."""

_LAST = 1 << 60
_REMEMBERED = 30
_SENTENCE = re.compile(r"[^。；;！!？?\n]{1,500}[。；;！!？?\n]*")


def find(clause: str, text: str, starts: list[tuple[int, int]], headings: tuple[str, ...]) -> list[Proposal]:
    """Return what a clause proposes. `starts` are the places where lines of the pasted text begin, and their numbers.

    `headings` stand above it: they name the thing where the clause itself does not.
    """
    found: list[Proposal] = []
    context: list[Thing] = [mention.thing for heading in headings for mention in things(heading)]
    for match in _SENTENCE.finditer(text):
        sentence = Sentence(clause, match[0], _line(starts, match.start()), tuple(context[-_REMEMBERED:]))
        for at, proposal in sorted(_in_sentence(sentence), key=lambda placed: placed[0]):
            found.append(replace(proposal, line=_line(starts, match.start() + at)))
        context.extend(mention.thing for mention in sentence.mentions)
    return [replace(proposal, id=f"{clause}:{number}") for number, proposal in enumerate(_once(found), 1)]


def _line(starts: list[tuple[int, int]], at: int) -> int:
    place = bisect_right(starts, (at, _LAST))
    return starts[place - 1][1] if place else 0


def _once(found: list[Proposal]) -> Iterator[Proposal]:
    """Leave out what a clause says again in its heading: "定期评估 学校可定期进行评估"."""
    vague: set[str] = set()
    for proposal in found:
        name = proposal.thing.name if proposal.thing else proposal.words
        if Flag.NO_FREQUENCY not in proposal.flags or name not in vague:
            yield proposal
        if Flag.NO_FREQUENCY in proposal.flags:
            vague.add(name)


def _in_sentence(sentence: Sentence) -> list[Placed]:
    found: list[Placed] = []
    numbers, lost = counts(sentence.text), gaps(sentence.text)
    lengths = {each.start for each in numbers if each.unit in {"字", "万字"}}
    places = sorted([each.start for each in numbers] + [gap.start for gap in lost])
    sentence.amounts = tuple(places)
    for count in numbers:
        if _is_each(sentence.text, count) and found and _with_each(found, count):
            continue
        until = next((at for at in places if at > count.start and at not in lengths), len(sentence.text))
        made = _of_count(sentence, count, until)
        found += [(count.start, made)] if made else []
    found += [(gap.start, _of_gap(sentence, gap)) for gap in lost]
    for step in _STEPS:
        found += list(step(sentence))
    known = [proposal for _at, proposal in found]
    return [*found, *_after_trainings(sentence, known), *_after_meetings(sentence)]


def _is_each(text: str, count: Count) -> bool:
    """Whether a number is how long each piece or session is: "2篇，每篇不少于800字", "1篇不少于2000字的论文"."""
    before = text[: count.start]
    if count.unit in {"字", "万字"}:
        return bool(re.search(r"(?:每篇[^,，。;；]{0,4}|[\d一二两三四五六七八九十][篇份]\s*)$", before))
    return count.unit in {"分钟", "小时", "个小时"} and bool(re.search("每[次场][^,，。;；]{0,6}$", before))


def _with_each(found: list[Placed], count: Count) -> bool:
    """Put such a number to the amount before it; False when it has no place there."""
    at, last = found[-1]
    source = "work" if count.unit in {"字", "万字"} else "sessions"
    if last.sort is not Sort.QUOTA or last.thing is None or last.thing.source != source or count.least is None:
        return False
    found[-1] = (at, replace(last, each=count.least, each_unit=count.unit))
    return True


# --- numbers that are there ----------------------------------------------------------------------------------------

_LONG_UNITS = {"个月", "个学期", "学期", "个学年", "学年", "年", "年度", "星期", "周", "天", "日", "个工作日"}
_PEOPLE = {"名", "位", "人"}
_HOURS = {"小时", "个小时", "学时", "课时", "分钟"}
_LOOSE = {"个", "项", "种", "条", "门", "部"}
_SORTS = {"周岁": Sort.AGE, "岁": Sort.AGE, "%": Sort.SHARE, "个百分点": Sort.SHARE}
_LASTING = re.compile(r"(?:时间|为期|期限|周期|时长|延长至|不少于|不超过|至少)[为是约不少于超过]{0,4}\s*$")
_COOLING = re.compile(rf"{FIGURE}年(?:之|以)?后(?:方|才|再)")
_HANDING = re.compile(r"后[^,，。]{0,6}$")
_PHRASE = re.compile(
    "(?:任教|工作|服务|从教|时间|为期|期限|延长至|男|女|交流|每[天日次场])[^,，。;；、:：()（）]{0,4}$"
)
_OLDEST = 60
"""Years of service or exchange; a larger number is the name of a year."""


def _of_count(sentence: Sentence, count: Count, until: int) -> Proposal | None:
    """Return what a number proposes; None for one that is only told."""
    sort = None if _COOLING.match(sentence.text, count.start) else _sort(sentence, count)
    if sort is None:
        return None
    flags = (Flag.AMBIGUOUS,) if count.ambiguous else ()
    if sort in {Sort.QUOTA, Sort.SHARE}:
        amount = Amount(
            sort=sort, start=count.start, end=count.end, until=until, least=count.least, most=count.most,
            unit=count.unit, flags=flags,
        )  # fmt: skip
        return sentence.quota(amount)
    before = sentence.text[: count.start]
    phrase = _PHRASE.search(before)
    start = phrase.start() if phrase else len(before)
    whose = re.match("的?[男女]", sentence.text[count.end :]) if sort is Sort.AGE else None
    end = count.end + (whose.end() if whose else 0)
    return sentence.make(sort, start, end, least=count.least, most=count.most, unit=count.unit, flags=flags)


def _sort(sentence: Sentence, count: Count) -> Sort | None:
    before = sentence.text[: count.start]
    if count.unit in _SORTS:
        return _SORTS[count.unit]
    if count.unit in _LONG_UNITS:
        return _lasting(sentence.text, count, before)
    if re.search("每(?:次|场|天|日)[^,，。;；]{0,6}$", before):
        return Sort.DURATION if count.unit in _HOURS else None
    handed_in = count.unit in {"篇", "份", "次"} and TRAINED.search(before)
    if handed_in or any(each.start <= count.start for each in sentence.cadences):
        chosen = re.search("[安选派带帮导培]", before[-10:] + sentence.text[count.start : count.end])
        return Sort.QUOTA if count.unit not in _PEOPLE or chosen else None
    if count.unit in _PEOPLE:
        return Sort.QUOTA if re.search("[带帮导]", before[-8:]) else None
    return Sort.QUOTA if count.bounded and count.unit not in _LOOSE else None


def _lasting(text: str, count: Count, before: str) -> Sort | None:
    """Tell years of service from how long something lasts, and from what is only told."""
    if count.unit in {"年", "年度"} and (count.least or count.most or 0) > _OLDEST:
        return None
    if (
        re.search("任教|工作|经历|经验", before[-6:] + text[count.end : count.end + 6])
        or "满" in text[count.start :][:3]
    ):
        both = re.match(f"[及或和、]{FIGURE}年以上", text[count.end :])
        return Sort.SERVICE if count.bounded or both else None
    if count.bounded and _HANDING.search(before):
        return None
    return Sort.DURATION if count.bounded or _LASTING.search(before) else None


# --- numbers that are not there ------------------------------------------------------------------------------------

_REGULARLY = re.compile("(?<!不)定期(?!双向|交流制)")
_VAGUE = re.compile("一定的?(?:数量|次数|篇数|[^,，。;；]{0,14}?成果)|若干(?:次|篇|节|本)|适量的?")
_NO_SHARE = re.compile("(?:一定|适当|相应)的?比例")
_ASKS = re.compile("要|应|须|必须|举[办行]|开展|组织|召开|制定|撰写|写|上交|派|参加|完成|进行|订阅|推荐|开设|安排|评选")
_GAP_SORTS = {"周岁": Sort.AGE, "年": Sort.SERVICE, "日": Sort.DEADLINE}


def _of_gap(sentence: Sentence, gap: Gap) -> Proposal:
    """Propose what a number that was lost would be for."""
    flags = (Flag.LOST_DIGITS,)
    if gap.unit in _GAP_SORTS:
        return sentence.make(_GAP_SORTS[gap.unit], gap.start, gap.end, unit=gap.unit, flags=flags)
    sort = Sort.SHARE if gap.unit == "%" else Sort.QUOTA
    return sentence.quota(_amount(sentence, sort, gap.start, gap.end, unit=gap.unit, flags=flags))


def _amount(sentence: Sentence, sort: Sort, start: int, end: int, *, unit: str = "", flags: tuple[Flag, ...]) -> Amount:
    return Amount(sort=sort, start=start, end=end, until=len(sentence.text), unit=unit, flags=flags)


def _shares(sentence: Sentence) -> Iterator[Placed]:
    for match in _NO_SHARE.finditer(sentence.text):
        amount = _amount(sentence, Sort.SHARE, *match.span(), unit="%", flags=(Flag.NO_SHARE,))
        yield match.start(), sentence.quota(amount)


def _vague(sentence: Sentence) -> Iterator[Placed]:
    for match in _VAGUE.finditer(sentence.text):
        if any(each.start <= match.start() for each in sentence.cadences):
            yield match.start(), sentence.quota(_amount(sentence, Sort.QUOTA, *match.span(), flags=(Flag.VAGUE,)))


def _regularly(sentence: Sentence) -> Iterator[Placed]:
    """Propose what is to be done 定期, where its part of the sentence does not say how often."""
    for match in _REGULARLY.finditer(sentence.text):
        begin, end = sentence.part(match.start()), sentence.comma(match.end())
        if any(begin <= each.start < end for each in sentence.cadences):
            continue
        near = [each for each in sentence.mentions if begin <= each.start < end]
        after = [each for each in near if each.start >= match.end()]
        done = [each for each in after if sentence.text[: each.start].endswith("进行")]
        mention = next(iter([*done, *after, *near]), None)
        thing = mention.thing if mention else None
        known = thing is not None and bool(thing.source)
        last = mention.end if mention and mention.end > match.end() else min(end, match.end() + 12)
        flags = (Flag.NO_FREQUENCY,) if known else (Flag.NO_FREQUENCY, Flag.UNKNOWN_THING)
        people = known_people(sentence.bound(thing, end))
        yield match.start(), sentence.make(Sort.QUOTA, match.start(), last, thing=thing, bound=people, flags=flags)


def _implied(sentence: Sentence) -> Iterator[Placed]:
    """Propose what a period asks for without a number: 每学期要制定计划, 第二学期举行表彰会."""
    ends = [each.start for each in sentence.cadences[1:]] + [len(sentence.text)]
    for cadence, end in zip(sentence.cadences, ends, strict=False):
        if cadence.start in sentence.used or not _ASKS.search(sentence.text, max(0, cadence.start - 3), end):
            continue
        named = [each for each in sentence.mentions if cadence.end <= each.start < end and _is_asked(sentence, each)]
        if named:
            thing = named[0].thing
            people = sentence.bound(thing, named[0].end)
            unknown = (Flag.UNKNOWN_PEOPLE,) if UNKNOWN in people.who else ()
            proposal = sentence.make(
                Sort.QUOTA, cadence.start, named[0].end, least=1, unit="次", thing=thing, per=cadence.period,
                bound=known_people(people), hosts=sentence.hosts(thing), flags=(Flag.IMPLIED, *unknown),
            )  # fmt: skip
            yield cadence.start, proposal


def _is_asked(sentence: Sentence, mention: Mention) -> bool:
    """Whether a thing is what is asked for, and not what something rests on."""
    part = sentence.text[sentence.part(mention.start) : mention.start]
    return bool(mention.thing.source) and not re.search("根据|依据|按照|结合|讨论", part)


# --- dates and fields ----------------------------------------------------------------------------------------------

_FIELD_WORDS = {
    "计划": "plan", "主题": "topic", "内容": "topic", "主讲人": "speaker", "中心发言人": "speaker",
    "讨论题": "question", "时间": "start", "形式": "kind", "记录人": "recorder", "主持人": "host", "地点": "place",
}  # fmt: skip
_FIELDS = re.compile(f"(?:有|定|确定|明确)({'|'.join(_FIELD_WORDS)})")


def _cooldowns(sentence: Sentence) -> Iterator[Placed]:
    for count in counts(sentence.text):
        match = _COOLING.match(sentence.text, count.start)
        if match:
            end = sentence.comma(match.end())
            yield count.start, sentence.make(Sort.COOLDOWN, count.start, end, least=count.least, unit="年")


def _dates(sentence: Sentence) -> Iterator[Placed]:
    for day in year_days(sentence.text):
        yearly = [each.start for each in sentence.cadences if 0 <= day.start - each.end <= 3]
        sentence.used.update(yearly)
        start = sentence.part(day.start)
        ends_here = sentence.text[day.end : day.end + 1] in {"", "。", "，", ","}
        end = day.end if ends_here else sentence.comma(day.end)
        yield day.start, sentence.make(Sort.DEADLINE, start, end, days=(day.first, day.last))


def _fields(sentence: Sentence) -> Iterator[Placed]:
    """Propose the fields that every meeting must have: 定内容、定主讲人、定讨论题."""
    named = list(_FIELDS.finditer(sentence.text))
    if len(named) < 2:
        return
    kinds = tuple(dict.fromkeys(_FIELD_WORDS[match[1]] for match in named))
    thing = Thing("、".join(match[1] for match in named), "fields", kinds)
    every = re.search("每(?:一)?次|凡|均|都", sentence.text)
    proposal = sentence.make(
        Sort.FIELDS, named[0].start(), named[-1].end(), least=100, unit="%", thing=thing, per=Period("term", ""),
        bound=Bound("", (("each", "group"),)), flags=() if every else (Flag.IMPLIED,),
    )  # fmt: skip
    yield named[0].start(), proposal


_STEPS: tuple[Callable[[Sentence], Iterable[Placed]], ...] = (
    _cooldowns, _dates, _shares, _vague, _regularly, _fields, _implied,
)  # fmt: skip


# --- what follows an event -----------------------------------------------------------------------------------------

_OUTPUTS = {"training_report", "insight", "reflection", "study_note", "reading_note", "essay"}
_AFTER_MEETING = re.compile("活动(?:结束)?(?:之)?后|会后")
_HANDED_IN = re.compile("上交|提交|递交|交[^流]")
_REPORT = Thing("外出学习汇报", "work", ("training_report",))


def _after_trainings(sentence: Sentence, known: list[Proposal]) -> Iterator[Placed]:
    """Propose what follows a training where no number says how much: a relay to the group, or what is written."""
    trained = TRAINED.search(sentence.text)
    if trained is None or any(proposal.after for proposal in known):
        return
    counted = {proposal.thing.name for proposal in known if proposal.thing}
    relayed = [each for each in sentence.mentions if each.thing.kinds == ("relay",)]
    written = [
        each
        for each in sentence.mentions
        if each.start >= trained.start() and _is_output(sentence, each) and each.thing.name not in counted
    ]
    handed = _HANDED_IN.search(sentence.text, trained.end())
    reports = [Mention(*handed.span(), _REPORT)] if handed else []
    for mention in [*relayed, *written, *reports][:1]:
        yield mention.start, _following(sentence, trained.start(), mention, "trainings", Bound())


def _is_output(sentence: Sentence, mention: Mention) -> bool:
    """Whether the thing is to be written or handed in, not only spoken of."""
    before = sentence.text[max(0, mention.start - 6) : mention.start]
    return bool(set(mention.thing.kinds) & _OUTPUTS) and bool(re.search("[写交撰做]", before))


def _after_meetings(sentence: Sentence) -> Iterator[Placed]:
    met = _AFTER_MEETING.search(sentence.text)
    for mention in sentence.mentions if met else ():
        if met and mention.thing.kinds == ("survey",) and mention.start >= met.start():
            bound = Bound("", (("each", "group"),))
            yield mention.start, _following(sentence, met.start(), mention, "sessions", bound)


def _following(sentence: Sentence, start: int, mention: Mention, event: str, bound: Bound) -> Proposal:
    return sentence.make(
        Sort.QUOTA, min(start, mention.start), mention.end, least=1, unit="次", thing=mention.thing, after=event,
        bound=bound, flags=(Flag.IMPLIED,),
    )  # fmt: skip
