"""How long a text is: Chinese characters, and the word count that WPS and Word show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator_tui.text import count, count_han, count_office

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=40)
LATIN = st.text("abcdefgXYZ0123456789", min_size=1, max_size=9)
ANY = st.text(st.sampled_from("教学反思，。“”……——·《》 \n\tab1.5-'　ＡＢ①👍〇𬭎カ한"), max_size=60)


@pytest.mark.parametrize(
    ("text", "han", "office"),
    [
        ("", 0, 0),
        ("教学反思", 4, 4),
        ("教学反思，第2次。", 6, 9),
        ("用 PPT 讲 Python 3.11", 2, 5),
        ("don't re-read it", 0, 3),
        ("𬭎䶮〇", 3, 3),
        ("时时　处处\n人人", 6, 6),
        ("《给教师的建议》", 6, 8),
        ("他说：“好！”", 3, 7),
        ("读完了……想了很久——", 7, 11),
        ("他说“Hello”。", 2, 6),
        ("“Hello, world” don’t", 0, 3),
        ("１９８５年", 1, 5),
        ("你好,世界", 4, 5),
    ],
)
def test_chinese_characters_and_the_word_count_of_wps_and_word(text: str, han: int, office: int) -> None:
    assert count(text) == (han, office)


@pytest.mark.parametrize(
    ("text", "shown_by_word"),
    [
        ("Hello World", 2),
        ("こんにちは", 5),
        ("カタカナ", 4),
        ("안녕하세요", 5),
        ("中文测试", 4),
        ("Hello 世界", 3),
        ("東京2024オリンピック", 9),
        ("㈱テスト㈲", 5),
        ("①②③④⑤", 1),
        ("ＡＢＣＤＥ", 5),
        ("「こんにちは」", 7),
        ("Hello、World。", 4),
        ("こんにちは👋", 6),
        ("hello 🙂 world", 3),
        ("Hello “世界”", 5),
        ("Let's say ‘你好’ 100 times per day, 勤勉", 12),
        ("Hello Python World. 3.14.", 4),
    ],
)
def test_the_word_count_is_what_word_showed_for_these_texts(text: str, shown_by_word: int) -> None:
    assert count_office(text) == shown_by_word


@given(HAN)
def test_in_text_of_chinese_characters_alone_both_ways_are_the_number_of_characters(text: str) -> None:
    assert count(text) == (len(text), len(text))


@given(ANY)
def test_the_word_count_is_never_below_the_chinese_characters_nor_above_all_characters(text: str) -> None:
    assert count_han(text) <= count_office(text) <= sum(not char.isspace() for char in text)


@given(ANY, ANY)
def test_paragraphs_add_up(one: str, other: str) -> None:
    assert count_office(f"{one}\n{other}") == count_office(one) + count_office(other)
    assert count_han(one + other) == count_han(one) + count_han(other)


@given(ANY, st.sampled_from(" \n\t　"))
def test_more_space_between_words_counts_nothing(text: str, space: str) -> None:
    assert count_office(text.replace(" ", space * 2)) == count_office(text)


@given(st.lists(LATIN, max_size=9))
def test_latin_words_and_numbers_are_one_each(words: list[str]) -> None:
    assert count(" ".join(words)) == (0, len(words))
    assert count_office("，".join(words)) == max(2 * len(words) - 1, 0)
