"""People and things are found by what a hand types: characters, pinyin, initials, in any width and case."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator_tui.text import fold, initials, matches, pinyin, sort_key

DOTS = "·•．‧・."


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("dot", DOTS)
def test_every_kind_of_middle_dot_is_the_same_dot(dot: str) -> None:
    assert fold(f"买买提{dot}吐尔逊") == "买买提·吐尔逊"
    assert matches(f"买买提{dot}吐尔逊", "买买提·吐尔逊") == 0


@pytest.mark.parametrize("typed", ["张三", "张　三", " 张 三 ", "张\u00a0三", "张\u200b三"])
def test_spaces_of_any_kind_do_not_count(typed: str) -> None:
    assert fold(typed) == "张三"


def test_full_width_letters_and_digits_are_ordinary_ones() -> None:
    assert fold("ＡＢ１２（语文）") == "ab12(语文)"


@pytest.mark.parametrize(
    ("name", "reading", "letters"),
    [
        ("张三", "zhangsan", "zs"),
        ("单明", "shanming", "sm"),
        ("曾国强", "zengguoqiang", "zgq"),
        ("仇和", "qiuhe", "qh"),
        ("解放", "xiefang", "xf"),
        ("区丽", "ouli", "ol"),
        ("查文", "zhawen", "zw"),
        ("盖伟", "gewei", "gw"),
        ("乐嘉", "yuejia", "yj"),
        ("朴正", "piaozheng", "pz"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("单于月", "chanyuyue", "cyy"),
        ("长孙明", "zhangsunming", "zsm"),
        ("吕布", "lvbu", "lb"),
        ("欧阳修", "ouyangxiu", "oyx"),
        ("王伟2", "wangwei2", "ww2"),
        ("王伟(数)", "wangweishu", "wws"),
        ("Anna Li", "annali", "al"),
        ("䶮", "yan", "y"),
        ("", "", ""),
    ],
)
def test_names_are_read_as_people_read_them(name: str, reading: str, letters: str) -> None:
    assert pinyin(name)[0] == reading
    assert initials(name) == letters


def test_a_surnames_everyday_reading_is_known_too() -> None:
    assert {"shanming", "danming"} <= set(pinyin("单明"))
    assert "yuejia" in pinyin("乐嘉")


@pytest.mark.parametrize(
    "query",
    ["张三", "三", "zhangsan", "ZhangSan", "zs", "ｚｓ", "zhs", "zsan", "zhangs", "张s", "zhang san", "san", "z"],
)
def test_a_person_is_found_by_any_part_of_the_name(query: str) -> None:
    assert matches(query, "张三") is not None


@pytest.mark.parametrize("query", ["李", "zhangsanfeng", "zz", "zhangx", "三张", "张三丰", "hang", "9"])
def test_who_is_not_meant_is_not_found(query: str) -> None:
    assert matches(query, "张三") is None


@pytest.mark.parametrize("query", ["lv", "lu", "lyu", "lü", "lvbu", "lyubu", "lb"])
def test_the_u_with_dots_may_be_typed_in_every_usual_way(query: str) -> None:
    assert matches(query, "吕布") is not None


def test_better_matches_come_first() -> None:
    ranks = [matches(query, "张三丰") for query in ("张三丰", "张三", "三丰", "zhangsanfeng", "zsf", "zhangs", "sanf")]
    assert ranks == list(range(7))


def test_the_usual_reading_comes_before_the_rare_one() -> None:
    people = ["单明", "戴民"]
    assert sorted(people, key=lambda name: matches("sm", name) or 99) == ["单明", "戴民"]
    usual, rare = matches("shanming", "单明"), matches("danming", "单明")
    assert usual is not None
    assert rare is not None
    assert usual < rare


def test_a_command_is_found_by_its_words_in_either_language() -> None:
    for query in ("roll", "rc", "rolc", "点名", "dm", "dianming", "call"):
        assert matches(query, "点名", "Roll call") is not None


def test_an_empty_search_finds_everything() -> None:
    assert matches("", "张三") == 0
    assert matches(" 　", "张三") == 0


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_piece_of_a_text_finds_it(before: str, after: str) -> None:
    assert matches("张三", f"{before}张三{after}") is not None


def test_names_are_sorted_by_pinyin_then_tone_with_one_surname_together() -> None:
    ordered = ["Bob", "曹明", "单明", "曾兰", "张", "张安", "张三", "章安", "仉安"]
    assert sorted(["章安", "张", "仉安", "曾兰", "张三", "Bob", "单明", "张安", "曹明"], key=sort_key) == ordered


@given(st.lists(st.text(max_size=6)).flatmap(lambda names: st.tuples(st.just(names), st.permutations(names))))
def test_the_order_of_names_does_not_depend_on_how_they_came(orders: tuple[list[str], list[str]]) -> None:
    one, other = orders
    assert sorted(one, key=sort_key) == sorted(other, key=sort_key)


def test_the_first_key_of_a_search_is_instant() -> None:
    """The dictionary of characters is read then; the whole of pypinyin takes many times as long, on any machine."""
    program = (
        "import sys, time; from coordinator_tui.text import matches; start = time.process_time()\n"
        "names = [a + b + c for a in '张李王' for b in '国建文明小' for c in '强华']\n"
        "found = [n for n in names if matches('zg', n) is not None]; took = time.process_time() - start\n"
        "assert len(found) == 2, found\n"
        "assert not [m for m in sys.modules if m.startswith('pypinyin')]\n"
        "start = time.process_time(); import pypinyin; pypinyin.lazy_pinyin('国')\n"
        "print(took, time.process_time() - start)"
    )
    runs = [subprocess.check_output([sys.executable, "-c", program], text=True).split() for _ in range(3)]
    ours, whole = ([float(run[column]) for run in runs] for column in (0, 1))
    assert 3 * min(ours) < min(whole)
