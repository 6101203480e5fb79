"""A name is found in its cell whatever stands around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator_tui.imports.messages import BadValue
from coordinator_tui.imports.names import DOTS, read_name

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=4)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("张　三", "张三"),
        ("张 三", "张三"),
        ("\u00a0张三\u200b", "张三"),
        ("张三*", "张三"),
        ("＊张三", "张三"),
        ("张三（组长）", "张三"),
        ("张三(兼)", "张三"),
        ("张三【退休】", "张三"),
        ("王伟(数)", "王伟"),
        ("王伟2", "王伟"),
        ("王伟２", "王伟"),
        ("王伟②", "王伟"),
        ("欧阳 修文", "欧阳修文"),
        ("张 三 丰", "张三丰"),
        ("买买提·吐尔逊", "买买提·吐尔逊"),
        ("买买提 · 吐尔逊", "买买提·吐尔逊"),
        ("龙䶮", "龙䶮"),
        ("王𬭎", "王𬭎"),
        ("Mary Smith", "Mary Smith"),
    ],
)
def test_what_surrounds_a_name_is_not_part_of_it(typed: str, name: str) -> None:
    assert read_name(typed).name == name


@pytest.mark.parametrize("dot", "·•．‧・.")
def test_the_six_middle_dots_match_and_stay_as_typed(dot: str) -> None:
    read = read_name(f"买买提{dot}吐尔逊")

    assert read.name == f"买买提{dot}吐尔逊"
    assert read.key == read_name("买买提·吐尔逊").key


def test_what_brackets_say_is_kept() -> None:
    assert read_name("张三（组长）").role == "leader"
    assert read_name("张三(副组长)").role == "deputy"
    assert read_name("张三(兼)").concurrent
    assert read_name("李芳（女）").gender == "female"
    assert read_name("李芳（借调）").note == "借调"
    both = read_name("王明(组长)(兼)")
    assert (both.role, both.concurrent) == ("leader", True)


def test_what_tells_namesakes_apart_is_kept() -> None:
    assert (read_name("王伟(数)").label, read_name("王伟(数)").subject) == ("数", "数学")
    assert read_name("王伟２").label == "2"


@pytest.mark.parametrize("typed", ["张三 李四", "张三、李四", "张三，李四", "王小明 李小红", "张三/李四"])
def test_two_people_in_one_cell_are_refused(typed: str) -> None:
    with pytest.raises(BadValue) as bad:
        read_name(typed)

    assert "several names" in str(bad.value.reason)


@pytest.mark.parametrize("typed", ["12345", "（组长）", "***", "——", "？"])
def test_what_is_no_name_is_refused(typed: str) -> None:
    with pytest.raises(BadValue):
        read_name(typed)


@given(HAN, st.sampled_from(["{}", " {}　", "{}*", "＊{}", "{}（组长）", "{}(兼)", "{}2", "{}(数)", "\ufeff{}\u200b"]))
def test_any_chinese_name_comes_out_as_it_is(name: str, form: str) -> None:
    assert read_name(form.format(name)).key == read_name(name).key


@given(HAN, HAN, st.sampled_from(DOTS))
def test_any_minority_name_has_one_key_whatever_its_dot(first: str, second: str, dot: str) -> None:
    read = read_name(f"{first}{dot}{second}")

    assert read.name == f"{first}{dot}{second}"
    assert read.key == read_name(f"{first}·{second}").key


@given(st.text(max_size=30))
def test_any_text_is_a_name_or_refused(typed: str) -> None:
    try:
        read = read_name(typed)
    except BadValue:
        return
    assert read.name.strip() == read.name
    assert read.key
    assert read_name(read.name).key == read.key
