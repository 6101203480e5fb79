"""Laws of the roll line: nobody is lost or invented, nothing is guessed, 应到 always balances."""

from __future__ import annotations

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from coordinator_tui.domain.rollline import (
    Entry,
    RollLine,
    RollPerson,
    balance,
    format_roll_line,
    parse_roll_line,
)
from coordinator_tui.domain.rollwords import CANONICAL
from coordinator_tui.domain.vocabulary import WITH_MINUTES, Mark
from coordinator_tui.text import fold, initials, pinyin

SURNAMES = "张王公迟余陈和早免"
GIVEN = "三四公病到迟明小事去余全"
MARKS = [*Mark, None]


@st.composite
def people(draw: st.DrawFn) -> list[RollPerson]:
    """A group whose names are made of the very characters that also are marks."""
    name = st.builds("{}{}".format, st.sampled_from(SURNAMES), st.text(GIVEN, min_size=1, max_size=2))
    names = draw(st.lists(name, min_size=1, max_size=8, unique=draw(st.sampled_from([True, True, False]))))
    subjects = draw(st.lists(st.sampled_from([None, "语文", "数学"]), min_size=len(names), max_size=len(names)))
    return [
        RollPerson(member=100 + row, name=name, number=row, subject=subject)
        for row, (name, subject) in enumerate(zip(names, subjects, strict=True), 1)
    ]


@st.composite
def entries(draw: st.DrawFn, group: list[RollPerson]) -> list[Entry]:
    """Marks for some of the group, each person once."""
    chosen = draw(st.lists(st.sampled_from(group), unique_by=lambda person: person.member, max_size=len(group)))
    found = []
    for person in chosen:
        mark = draw(st.sampled_from(MARKS))
        minutes = draw(st.none() | st.integers(1, 60)) if mark in WITH_MINUTES else None
        note = draw(st.none() | st.sampled_from(["开会", "去县里（教研室）", "see 张三病", "10:30", "a)b"]))
        found.append(Entry(person.member, mark, minutes, note))
    return found


def said(line: RollLine | list[Entry]) -> list[tuple[int, Mark | None, int | None]]:
    found = line.entries if isinstance(line, RollLine) else line
    return [(entry.member, entry.mark, entry.minutes) for entry in found]


@st.composite
def written_lines(draw: st.DrawFn) -> tuple[list[RollPerson], RollLine]:
    group = draw(people())
    rest = draw(st.none() | st.sampled_from([mark for mark in Mark if mark is not Mark.OTHER_LEAVE]))
    return group, RollLine(tuple(draw(entries(group))), rest)


@given(written_lines())
def test_a_written_line_reads_back_the_same(case: tuple[list[RollPerson], RollLine]) -> None:
    group, line = case
    back = parse_roll_line(format_roll_line(line, group), group)
    assert back.clear
    assert said(back) == said(line)
    assert back.rest is line.rest
    for before, after in zip(line.entries, back.entries, strict=True):
        assert after.note == (before.note.replace("a)b", "a〕b") if before.note else None)


WORDS: dict[Mark | None, list[str]] = {
    mark: [word, *more]
    for (mark, word), more in zip(
        CANONICAL.items(),
        (
            ["出勤", "√", " p", " present"],
            ["迟到", "晚", " l", " late"],
            ["早退", " early", "早"],
            ["病假", "请病假", " sick"],
            ["事假", "因事"],
            ["公假", "公差", "公出"],
            ["其他假"],
            ["旷会", "缺席", "×"],
            ["免到"],
            ["清", " clear"],
        ),
        strict=True,
    )
}


@st.composite
def typed_lines(draw: st.DrawFn) -> tuple[list[RollPerson], str, list[Entry]]:
    """A line as somebody in a hurry types it, and what they mean."""
    group = draw(people())
    meant = draw(entries(group))
    by_member = {person.member: person for person in group}
    items = [typed(draw, by_member[entry.member], entry) for entry in meant]
    return group, "".join(item + draw(st.sampled_from(BETWEEN)) for item in items), meant


BETWEEN = ["", " ", "，", "；", "、"]


def typed(draw: st.DrawFn, person: RollPerson, entry: Entry) -> str:
    """One person with their mark, in any of the ways in which people type it."""
    name = draw(
        st.sampled_from([person.name, person.name, pinyin(person.name)[0], initials(person.name), str(person.number)])
    )
    between = draw(st.sampled_from(["", " ", "　"]))
    word = draw(st.sampled_from(WORDS[entry.mark]))
    minutes = f"{draw(st.sampled_from(['', '', ' ']))}{entry.minutes}" if entry.minutes else ""
    unit = draw(st.sampled_from(["", "分", "分钟"])) if minutes else ""
    note = f"（{entry.note}）" if entry.note and ")" not in entry.note else ""
    return f"{name}{between}{word}{minutes}{unit}{note}"


@st.composite
def lines_with_a_stranger(draw: st.DrawFn) -> tuple[list[RollPerson], str]:
    """A line in which somebody is named who is not expected."""
    group = draw(people())
    meant = draw(entries(group))
    by_member = {person.member: person for person in group}
    known = {person.name for person in group}
    name = draw(st.builds("{}{}".format, st.sampled_from(SURNAMES), st.text(GIVEN, min_size=1, max_size=2)))
    assume(name not in known and name != "余全")  # 余全到 is everybody else, unless somebody has that name
    items = [typed(draw, by_member[entry.member], entry) for entry in meant]
    stranger = f"{name}{draw(st.sampled_from(['病', '迟5', ' late', '出勤', '旷会(无故)']))}"
    items.insert(draw(st.integers(0, len(items))), stranger)
    return group, "".join(item + draw(st.sampled_from(BETWEEN)) for item in items)


@settings(max_examples=500)
@given(lines_with_a_stranger())
def test_somebody_who_is_not_expected_never_goes_unnoticed(case: tuple[list[RollPerson], str]) -> None:
    group, text = case
    assert not parse_roll_line(text, group).clear


@settings(max_examples=600)
@given(typed_lines())
def test_a_line_that_is_clear_means_what_was_typed(case: tuple[list[RollPerson], str, list[Entry]]) -> None:
    group, text, meant = case
    line = parse_roll_line(text, group)
    if line.clear:
        assert said(line) == said(meant)


@given(people(), st.sampled_from(list(Mark)), st.data())
def test_several_names_share_one_mark(group: list[RollPerson], mark: Mark, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(group), unique_by=lambda person: person.member, min_size=1))
    separator = data.draw(st.sampled_from(["、", "，", " 、", ", ", " "]))
    names = separator.join(str(person.number) if separator != " " else person.name for person in chosen)
    before, after = f"{names}{CANONICAL[mark]}", f"{CANONICAL[mark]}：{names}"
    for text in (before, after):
        line = parse_roll_line(text, group)
        if line.clear:
            assert said(line) == [(person.member, mark, None) for person in chosen]
        assert line.clear or separator == " "


NOISE = st.text(SURNAMES + GIVEN + "其余旷退假()（） ,，、；\n0123zsl", max_size=24)


@settings(max_examples=500)
@given(people(), NOISE)
@example([RollPerson(1, "张三", 1)], "张三 (")
def test_any_text_is_taken_in_without_losing_a_piece(group: list[RollPerson], text: str) -> None:
    line = parse_roll_line(text, group)
    by_member = {person.member: person for person in group}
    covered: set[int] = set()
    spans = [entry.span for entry in line.entries] + [problem.span for problem in line.problems]
    for begin, end in [*spans, *([line.rest_span] if line.rest_span else [])]:
        assert 0 <= begin < end <= len(text)
        covered.update(range(begin, end))
    lost = {text[at] for at in range(len(text)) if at not in covered}
    assert lost <= set(" ,，、；\n和") or not line.clear
    for entry in line.entries:
        person = by_member[entry.member]
        piece = fold(text[slice(*entry.span)])
        keys = (fold(person.name), *pinyin(person.name), initials(person.name), str(person.number))
        assert any(key in piece for key in keys)


@given(written_lines(), st.data())
def test_the_balance_holds_and_the_rest_never_touches_a_mark(
    case: tuple[list[RollPerson], RollLine], data: st.DataObject
) -> None:
    group, line = case
    ids = [person.member for person in group]
    marks = data.draw(st.dictionaries(st.sampled_from(ids), st.sampled_from(MARKS)))
    leaves = data.draw(st.dictionaries(st.sampled_from(ids), st.sampled_from([Mark.SICK, Mark.OFFICIAL])))
    preview = balance(line, marks, ids, leaves=leaves)
    assert preview.tally.balanced
    assert preview.tally.expected == len(ids)
    assert [row.member for row in preview.rows] == ids
    named = {entry.member for entry in line.entries}
    for row in preview.rows:
        if row.member not in named and marks.get(row.member) is not None:
            assert row.after is marks[row.member]
    if line.rest is not None:
        assert all(row.after is not None for row in preview.rows if row.member not in named)
