"""Numbers that a regulation leaves open: how they are answered, which are missing, what they are for a level."""

from __future__ import annotations

import pytest

from coordinator_tui.domain.errors import DomainError
from coordinator_tui.domain.rules.numbers import SettingMissing, check_answer, missing_settings, settings_in, value_of
from coordinator_tui.domain.rules.pack import ByLevel, Pack, PackSetting, SettingRef, SettingType, Words
from coordinator_tui.domain.vocabulary import Level

NOTES = SettingRef("notes")


def setting(kind: str, **more: object) -> PackSetting:
    values: dict[str, object] = {"key": "notes", "title": Words("篇数"), "why": Words("缺失"), **more}
    return PackSetting(type=SettingType(kind), **values)  # type: ignore[arg-type]  # the test's own keywords


def test_a_number_is_itself_a_setting_is_its_answer_and_nothing_is_nothing() -> None:
    assert value_of(2, {}) == 2
    assert value_of(None, {}) is None
    assert value_of(NOTES, {"notes": 5}) == 5


def test_a_setting_without_an_answer_is_missing_and_never_a_proposal() -> None:
    for answers in ({}, {"notes": None}, {"notes": "five"}, {"notes": True}):
        with pytest.raises(SettingMissing) as missing:
            value_of(NOTES, answers)
        assert missing.value.key == "notes"
    assert str(missing.value) == "The setting “notes” has not been answered."


def test_each_level_has_its_number_and_the_rest_has_the_other() -> None:
    number = ByLevel({Level.NEW: 2, Level.BACKBONE_CITY: NOTES}, other=1)
    assert value_of(number, {}, Level.NEW) == 2
    assert value_of(number, {"notes": 4}, Level.BACKBONE_CITY) == 4
    assert value_of(number, {}, Level.REGULAR) == 1
    assert value_of(number, {}) == 1
    assert value_of(ByLevel({Level.NEW: 2}), {}, Level.REGULAR) is None
    assert list(settings_in(number)) == ["notes"]
    assert list(settings_in(3)) == list(settings_in(None)) == []


def test_what_still_has_to_be_asked_is_what_is_not_optional_and_has_no_valid_answer() -> None:
    pack = Pack(
        id="a", title=Words("a"), source=Words("a"), applies=Words("a"),
        settings=(setting("number", most=9.0), setting("text", key="name"), setting("date", key="day", optional=True)),
    )  # fmt: skip
    assert [each.key for each in missing_settings(pack, {})] == ["notes", "name"]
    assert [each.key for each in missing_settings(pack, {"notes": 10, "name": "x"})] == ["notes"]
    assert missing_settings(pack, {"notes": 9, "name": "x"}) == []


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("number", "5", 5),
        ("number", " ５ ", 5),
        ("number", "2.5", 2.5),
        ("number", "−0.5", -0.5),
        ("number", "－0.5", -0.5),
        ("number", 7, 7),
        ("percent", "15%", 0.15),
        ("percent", "１５％", 0.15),
        ("percent", "百分之15", 0.15),
        ("percent", "15", 0.15),
        ("percent", 20, 0.2),
        ("percent", "0.2", 0.2),
        ("percent", "100%", 1),
        ("percent", "0", 0),
        ("weekday", "周三", 3),
        ("weekday", "星期天", 7),
        ("weekday", "每周五", 5),
        ("weekday", "Mon", 1),
        ("weekday", "7", 7),
        ("time", "15:30", "15:30"),
        ("time", "9点", "09:00"),
        ("time", "8点05分", "08:05"),
        ("date", "2026-8-31", "2026-08-31"),
        ("date", "2026年8月31日", "2026-08-31"),
        ("date", "8月31日", "08-31"),
        ("text", "  某校 ", "某校"),
        ("yes_no", "是", True),
        ("yes_no", "no", False),
        ("yes_no", False, False),
    ],
)
def test_an_answer_is_taken_as_people_write_it_and_taken_again_as_it_is_kept(
    kind: str, typed: object, kept: object
) -> None:
    answer = check_answer(setting(kind), typed)
    assert answer == kept
    assert type(answer) is type(kept) or isinstance(answer, float)
    assert check_answer(setting(kind), answer) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("number", "五", "“五” is not a number."),
        ("number", "9" * 30, f"“{'9' * 30}” is not a number."),
        ("number", True, "“True” is not a number."),
        ("number", "0", "“0” is too small; the least is 1."),
        ("number", "61", "“61” is too large; the most is 60."),
        ("percent", "150%", "“150%” is not a share between 0 and 100 percent; write 15% or 0.15."),
        ("percent", "some", "“some” is not a share between 0 and 100 percent; write 15% or 0.15."),
        ("percent", "1", "“1” may be 1 percent or all of them; write 1% or 100%."),
        ("weekday", "8", "“8” is not a weekday; write 1 to 7 (1 is Monday), monday or 周一."),
        ("time", "24:00", "“24:00” is not a time of day; write it like 15:30."),
        ("time", "15", "“15” is not a time of day; write it like 15:30."),
        ("date", "2026-02-29", "“2026-02-29” is not a date; write it like 2026-08-31, or 08-31 for every year."),
        ("date", "02-29", "“02-29” is not a date; write it like 2026-08-31, or 08-31 for every year."),
        ("yes_no", "maybe", "“maybe” is neither yes nor no."),
        ("text", "  ", "An answer is needed."),
        ("number", None, "An answer is needed."),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_with_what_would(kind: str, typed: object, sentence: str) -> None:
    bounds = {"least": 1.0, "most": 60.0} if kind == "number" else {}
    with pytest.raises(DomainError) as refused:
        check_answer(setting(kind, **bounds), typed)
    assert str(refused.value) == sentence
    assert refused.value.field == "notes" or "may be" in sentence


def test_a_choice_takes_its_word_or_its_text_in_either_language() -> None:
    choice = setting("choice", choices=(("lt", Words("不满", "under")), ("le", Words("含本数"))))
    assert [check_answer(choice, typed) for typed in ("lt", "不满", "Under", "含本数")] == ["lt", "lt", "lt", "le"]
    with pytest.raises(DomainError) as refused:
        check_answer(choice, "both")
    assert str(refused.value) == "“both” is none of the answers; they are: lt (不满), le (含本数)."


def test_bounds_of_a_share_are_said_in_percent() -> None:
    share = setting("percent", least=0.1, most=0.2)
    with pytest.raises(DomainError) as refused:
        check_answer(share, "25%")
    assert str(refused.value) == "“25%” is too large; the most is 20%."
