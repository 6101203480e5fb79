"""What one proposal is in a pack: a requirement, a series, a line of data for the exchange, or a reminder."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coordinator_tui.domain.rules.draft_parts import Flag, Sort

if TYPE_CHECKING:
    from coordinator_tui.domain.rules.draft_parts import Proposal

_MEASURES = {
    "字": "words",
    "万字": "words",
    "小时": "hours",
    "个小时": "hours",
    "学时": "hours",
    "课时": "hours",
    "分钟": "minutes",
    "天": "days",
    "日": "days",
}
_KNOWN_MEASURES = {
    "sessions": {"minutes", "hours", "days"}, "work": {"words"}, "trainings": {"hours", "days"}, "placements": {"days"},
}  # fmt: skip
_ANY = {"achievements", "trainings", "pairs", "placements"}
_OPEN = frozenset(
    {Flag.LOST_DIGITS, Flag.VAGUE, Flag.NO_FREQUENCY, Flag.NO_SHARE, Flag.IMPLIED, Flag.AMBIGUOUS, Flag.NO_PERIOD}
)
_SECTIONS = ("requirements", "cadences", "remind")
_DATA = {
    Sort.SHARE: "quotas", Sort.AGE: "eligibility", Sort.SERVICE: "eligibility", Sort.DURATION: "durations",
    Sort.COOLDOWN: "cooldown", Sort.DEADLINE: "dates",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """Where a proposal goes, the lines that it is there, and the lines of the setting that it needs."""

    section: str
    lines: tuple[str, ...]
    setting: tuple[str, ...] = ()
    series: tuple[str, ...] = ()


@dataclass(slots=True)
class Blocks:
    """The blocks of one clause by section; comments stand where their block is, or at the end."""

    sections: dict[str, list[str]] = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)

    def comment(self, note: list[str]) -> None:
        """Keep what a person did not accept as a comment."""
        self.loose.append("    # " + "；".join(note))

    def add(self, block: Block, note: list[str]) -> None:
        """Put a block into its section, its comment above it."""
        data = block.section not in _SECTIONS
        indent = "        " if data else "      "
        lines = self.sections.setdefault(block.section, [])
        lines.extend(f"{indent}# {line}" for line in note)
        lines.extend(f"{indent}{line}" for line in block.lines)
        if block.series:
            self.sections.setdefault("cadences", []).extend(f"      {line}" for line in block.series)

    def lines(self) -> list[str]:
        """Return the lines below a clause's text."""
        found: list[str] = []
        for section in _SECTIONS:
            if section in self.sections:
                found += [f"    {section}:", *self.sections[section]]
        data = [name for name in self.sections if name not in _SECTIONS]
        if data:
            found.append("    data:")
        for name in data:
            found += [f"      {name}:", *self.sections[name]]
        return [*found, *self.loose]


def block_of(proposal: Proposal, number: float | None, key: str, title: str) -> Block:
    """Return what an accepted proposal is in a pack; `number` was set by a person, None: as it was read."""
    if proposal.sort is Sort.FIELDS:
        return _fields(proposal, number, key, title)
    if proposal.sort is Sort.QUOTA:
        return _quota(proposal, number, key, title)
    if proposal.sort is Sort.SHARE and proposal.thing and proposal.thing.source == "sessions":
        return _attendance(proposal, number, key, title)
    return _data(proposal, number, key, title)


def is_open(proposal: Proposal, number: float | None) -> bool:
    """Whether a number has to be asked for: the proposal is doubtful, and no person set it."""
    return number is None and bool(_OPEN & set(proposal.flags))


_UPPER = re.compile("不得?超过|至多|最多|不得?多于|不得?高于|≤|以下|以内|之内")


def is_upper(proposal: Proposal) -> bool:
    """Whether its one number is the most that may be; where the number was lost, the words around it tell."""
    if proposal.least is None and proposal.most is None:
        return bool(_UPPER.search(proposal.words))
    return proposal.least is None


def _set(proposal: Proposal, number: float | None) -> tuple[float | None, float | None]:
    """Return the least and the most, as they were read or as a person set the one that the words are about."""
    if number is None:
        return proposal.least, proposal.most
    return (None, number) if is_upper(proposal) else (number, None)


def _plain(number: float) -> str:
    return f"{number:g}" if abs(number) < 1_000_000 else str(int(number))


# --- requirements --------------------------------------------------------------------------------------------------


def _remind(title: str) -> Block:
    return Block("remind", (f"- {title}",))


def _quota(proposal: Proposal, number: float | None, key: str, title: str) -> Block:
    thing, measure = proposal.thing, _MEASURES.get(proposal.unit, "")
    if thing is None or not thing.source or (measure and measure not in _KNOWN_MEASURES.get(thing.source, ())):
        return _remind(title)
    limits = _limits(proposal, number, key, measure)
    if limits is None:
        return _remind(title)
    kinds = f"[{', '.join(thing.kinds)}]" if thing.kinds else "any"
    what = f"{thing.source}: {kinds}" + (f", measure: {measure}" if measure else "") + _each(proposal, thing.source)
    lines = [
        f"- id: {key}",
        f"  title: {title}",
        *_who(proposal),
        f"  what: {{{what}}}",
        f"  how_many: {limits}",
        f"  per: {_per(proposal)}",
    ]
    lines += ["  advice: true"] if Flag.UNKNOWN_PEOPLE in proposal.flags else []
    setting = _number_setting(proposal) if is_open(proposal, number) else ()
    return Block("requirements", tuple(lines), setting, tuple(_series(proposal, key, title)))


_EACH = {"字": ("words_each", 1), "万字": ("words_each", 10000), "分钟": ("minutes_each", 1)}
_EACH |= dict.fromkeys(("小时", "个小时"), ("minutes_each", 60))
_EACH_OF = {"words_each": "work", "minutes_each": "sessions"}


def _each(proposal: Proposal, source: str) -> str:
    """Return how long each piece or session has to be."""
    name, factor = _EACH.get(proposal.each_unit, ("", 1))
    if proposal.each is None or _EACH_OF.get(name) != source or proposal.each * factor > 10**9:
        return ""
    return f", {name}: {_plain(proposal.each * factor)}"


def _who(proposal: Proposal) -> list[str]:
    if not proposal.bound.who:
        return []
    return ["  who: {" + ", ".join(f"{name}: {value}" for name, value in proposal.bound.who) + "}"]


def _limits(proposal: Proposal, number: float | None, key: str, measure: str) -> str | None:
    """Return how many; None where what was read cannot be counted (half a piece)."""
    if is_open(proposal, number):
        return f"{{{'at_most' if is_upper(proposal) else 'at_least'}: {{setting: {key}}}}}"
    factor = 10000 if proposal.unit == "万字" else 1
    least, most = _set(proposal, number)
    found = [(name, value * factor) for name, value in (("at_least", least), ("at_most", most)) if value is not None]
    whole = measure in {"", "words", "minutes"}
    if not found or any(value < 0 or value > 10**12 or (whole and value != int(value)) for _name, value in found):
        return None
    if len(found) == 2 and found[0][1] > found[1][1]:
        return None
    return "{" + ", ".join(f"{name}: {_plain(value)}" for name, value in found) + "}"


def _per(proposal: Proposal) -> str:
    """Return the period; where the text has none, the number is asked for by the term."""
    if proposal.after:
        within = f", within_days: {proposal.within}" if proposal.within is not None else ""
        return f"{{event: {proposal.after}{within}}}"
    return proposal.per.per if proposal.per else "term"


def _number_setting(proposal: Proposal) -> tuple[str, ...]:
    """Return the setting's type, and the number that was read as a suggestion; a lost number has none."""
    lines = ["type: number", "least: 0"]
    if proposal.least is not None and proposal.least == int(proposal.least) and Flag.LOST_DIGITS not in proposal.flags:
        lines.append(f"suggest: {_plain(proposal.least)}")
    return tuple(lines)


def _series(proposal: Proposal, key: str, title: str) -> list[str]:
    """Return the series to plan where the regulation wants a fixed time or hosts in turns."""
    thing = proposal.thing
    every = {"week": 1, "two_weeks": 2}.get(proposal.per.per if proposal.per else "")
    monthly = bool(proposal.per and proposal.per.per == "month")
    if not proposal.series or thing is None or not thing.kinds or (every is None and not monthly):
        return []
    lines = [f"- id: {key}-series", f"  title: {title}", f"  kind: {thing.kinds[0]}"]
    lines += [f"  every: {every}"] if every else ["  per_month: 1"]
    if proposal.hosts:
        lines.append("  hosts: [" + ", ".join(_host(name) for name in proposal.hosts) + "]")
    if "轮流发言" in proposal.sentence or "轮流主讲" in proposal.sentence:
        lines.append("  speakers: rotate")
    return lines


def _host(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def _fields(proposal: Proposal, number: float | None, key: str, title: str) -> Block:
    assert proposal.thing is not None
    share = f"{{setting: {key}}}" if is_open(proposal, number) else _share(number if number is not None else 100)
    lines = (
        f"- id: {key}", f"  title: {title}", *_who(proposal),
        f"  what: {{fields: [{', '.join(proposal.thing.kinds)}]}}", f"  how_many: {{ratio_at_least: {share}}}",
        "  per: term",
    )  # fmt: skip
    return Block("requirements", lines, ("type: percent", "suggest: 1") if is_open(proposal, number) else ())


def _attendance(proposal: Proposal, number: float | None, key: str, title: str) -> Block:
    """Return the share of sessions that everybody has to attend."""
    assert proposal.thing is not None
    known = number if number is not None else proposal.least if not is_open(proposal, None) else None
    share = f"{{setting: {key}}}" if known is None else _share(known)
    lines = (
        f"- id: {key}", f"  title: {title}", f"  what: {{sessions: [{', '.join(proposal.thing.kinds)}]}}",
        f"  how_many: {{ratio_at_least: {share}}}", f"  per: {_per(proposal)}",
    )  # fmt: skip
    return Block("requirements", lines, ("type: percent",) if known is None else ())


# --- data ----------------------------------------------------------------------------------------------------------


def _share(percent: float) -> str:
    return f"{min(max(percent, 0), 100) / 100:g}"


def _data(proposal: Proposal, number: float | None, key: str, title: str) -> Block:
    if Flag.UNKNOWN_THING in proposal.flags:
        return _remind(title)
    values, setting = _VALUES[proposal.sort](proposal, number, key)
    if not values:
        return _remind(title)
    parts = ", ".join([f"id: {key}", f"title: {title}", *values])
    return Block(_DATA[proposal.sort], (f"- {{{parts}}}",), setting if is_open(proposal, number) else ())


_Values = tuple[list[str], tuple[str, ...]]


def _share_values(proposal: Proposal, number: float | None, key: str) -> _Values:
    per = [f"per: {proposal.per.per}"] if proposal.per else []
    if is_open(proposal, number):
        known = proposal.least if proposal.least is not None and proposal.least <= 100 else None
        suggest = () if known is None else (f"suggest: {_share(known)}",)
        name = "ratio_at_most" if is_upper(proposal) else "ratio_at_least"
        return [*per, f"{name}: {{setting: {key}}}"], ("type: percent", *suggest)
    limits = dict(zip(("ratio_at_least", "ratio_at_most"), _set(proposal, number), strict=True))
    return [*per, *(f"{name}: {_share(value)}" for name, value in limits.items() if value is not None)], ()


def _bound_values(proposal: Proposal, number: float | None, key: str) -> _Values:
    """Return an age or years of service; whether 以下 and 以上 take in the number itself is a choice."""
    value = number if number is not None else proposal.most if proposal.most is not None else proposal.least
    age = "male_age" if "男" in proposal.words else "female_age" if "女" in proposal.words else "age"
    name = "service_years" if proposal.sort is Sort.SERVICE else age
    if value is None:
        return [f"{name}: {{setting: {key}}}"], ("type: number", "least: 0")
    parts = [f"{name}: {_plain(value)}"]
    if not is_open(proposal, number):
        return parts, ()
    choices = (
        "type: choice", "choices:", f"  without: {{zh: 不含本数（{_plain(value)}）, en: Without the number itself}}",
        f"  with: {{zh: 含本数（{_plain(value)}）, en: With the number itself}}",
    )  # fmt: skip
    return [*parts, f"reading: {{setting: {key}}}"], choices


def _duration_values(proposal: Proposal, number: float | None, key: str) -> _Values:
    unit = f"unit: {proposal.unit}"
    if is_open(proposal, number):
        name = "at_most" if is_upper(proposal) else "at_least"
        return [f"{name}: {{setting: {key}}}", unit], _number_setting(proposal)
    limits = dict(zip(("at_least", "at_most"), _set(proposal, number), strict=True))
    return [*(f"{name}: {_plain(value)}" for name, value in limits.items() if value is not None), unit], ()


def _cooldown_values(proposal: Proposal, number: float | None, _key: str) -> _Values:
    years = number if number is not None else proposal.least
    return ([f"years: {_plain(years)}"] if years is not None else []), ()


def _date_values(proposal: Proposal, number: float | None, key: str) -> _Values:
    first, last = proposal.days
    if not last:
        return [f"until: {{setting: {key}}}"] if is_open(proposal, number) else [], ("type: date",)
    return [*([f'from: "{first}"'] if first else []), f'until: "{last}"'], ()


_VALUES = {
    Sort.SHARE: _share_values, Sort.AGE: _bound_values, Sort.SERVICE: _bound_values, Sort.DURATION: _duration_values,
    Sort.COOLDOWN: _cooldown_values, Sort.DEADLINE: _date_values,
}  # fmt: skip
