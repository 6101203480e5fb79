"""What texts have in common: passages in both, and how much of a text they are; shown, not judged."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator_tui.domain.overlap import LEAST, Overlap, Texts, bare, share_of

CLASS = "今天我读完了一本书，书里说教师要先学会倾听孩子的声音"
OWN = "我在自己的班上试了两周，每天留出十分钟让孩子说话"

letters = st.text(st.sampled_from("教学反思孩子"), max_size=60)
signs = st.text(st.sampled_from("，。 　\n“”（）、-"), max_size=3)
mixed = st.lists(
    st.tuples(st.sampled_from(["教", "学", "反", "思", "孩", "子", "ok", "3.5", "Ａ"]), signs), max_size=60
).map(lambda parts: "".join(char + sign for char, sign in parts))


def among(*texts: str) -> Texts:
    made = Texts()
    for key, text in enumerate(texts, 1):
        made.put(key, text)
    return made


def shared_by_hand(mine: str, theirs: str) -> set[int]:
    """Which characters of a bare text stand in the other within a run of LEAST: by looking at every run."""
    runs = {theirs[at : at + LEAST] for at in range(len(theirs) - LEAST + 1)}
    found = [at for at in range(len(mine) - LEAST + 1) if mine[at : at + LEAST] in runs]
    return {place for at in found for place in range(at, at + LEAST)}


def test_a_passage_is_shown_with_its_places_in_both_texts() -> None:
    mine, theirs = f"开头。{CLASS}。{OWN}", f"另一个开头，不一样的。{CLASS}！结尾"
    (found,) = among(theirs).overlaps(mine)
    (passage,) = found.passages
    assert mine[passage.start : passage.end] == CLASS
    assert theirs[passage.other_start : passage.other_end] == CLASS
    assert passage.size == len(bare(CLASS)) == 25
    assert found.share == pytest.approx(25 / len(bare(mine)))
    assert not passage.quoted


def test_signs_spaces_width_and_case_do_not_hide_a_copy() -> None:
    (found,) = among("AI 赋能教学：今天 我们 用 ChatGPT 备课 3 次").overlaps(
        "ａｉ赋能，教学。今天我们，用chatgpt备课３次！"
    )
    assert found.share == 1


def test_a_text_copied_whole_is_all_of_it_and_another_one_nothing() -> None:
    texts = among(CLASS, OWN)
    assert [(found.other, found.share) for found in texts.overlaps(CLASS)] == [(1, 1.0)]
    assert texts.overlaps("春风吹过操场，跳绳的孩子笑着数到了一百") == []


def test_fewer_than_twelve_characters_in_common_are_no_passage() -> None:
    assert len(bare("教师要先学会倾听孩子的")) == LEAST - 1
    assert among("开头教师要先学会倾听孩子的乙").overlaps("起笔教师要先学会倾听孩子的甲") == []
    (found,) = among("开头教师要先学会倾听孩子的话乙").overlaps("起笔教师要先学会倾听孩子的话甲")
    assert found.passages[0].size == LEAST


def test_latin_words_count_as_one_so_that_common_phrases_are_no_passage() -> None:
    one = "It is important for the children in the classroom to read."
    assert among("We think it is important for the children in the school.").overlaps(one) == []
    copied = "to listen first and to speak later is what every teacher has to learn, said Ms. Lin"
    (found,) = among(f"Yesterday I wrote that {copied} at last.").overlaps(f"My note: {copied.upper()}!")
    assert found.passages[0].size == 17
    assert f"My note: {copied.upper()}!"[found.passages[0].start : found.passages[0].end] == copied.upper()


def test_what_stands_in_quotation_marks_is_told_apart() -> None:
    mine = f"书里写道：“{CLASS}”我想了很久，{OWN}。"
    (found,) = among(f"{CLASS}……").overlaps(mine)
    assert found.quoted == found.share > 0
    assert found.passages[0].quoted
    both = among(CLASS, OWN).overlaps(mine)
    assert {one.other: one.passages[0].quoted for one in both} == {1: True, 2: False}


def test_what_two_others_share_is_counted_once() -> None:
    overlaps = among(CLASS, CLASS, OWN).overlaps(f"{CLASS}。{OWN}。")
    assert share_of(f"{CLASS}。{OWN}。", overlaps) == 1
    assert len(overlaps) == 3


def test_a_text_put_again_or_dropped_is_compared_as_it_is_now() -> None:
    texts = among(CLASS)
    texts.put(1, OWN)
    assert texts.overlaps(CLASS) == []
    assert texts.overlaps(OWN)[0].share == 1
    texts.drop(1)
    texts.drop(1)
    assert texts.overlaps(OWN) == []


@given(mixed, mixed)
def test_the_share_is_what_one_finds_by_comparing_every_run(mine: str, theirs: str) -> None:
    found = among(theirs).overlaps(mine)
    wanted = shared_by_hand(bare(mine), bare(theirs))
    assert (found[0].share if found else 0) == pytest.approx(len(wanted) / max(len(bare(mine)), 1))
    assert share_of(mine, found) == pytest.approx(found[0].share if found else 0)


@given(mixed, mixed)
def test_both_texts_share_the_same_passages(one: str, other: str) -> None:
    there = among(other).matches(one).get(1, [])
    back = among(one).matches(other).get(1, [])
    assert {(match.other_start, match.start, match.size) for match in back} == set(there)


@given(mixed, mixed, mixed)
def test_passages_read_the_same_in_both_texts(mine: str, theirs: str, more: str) -> None:
    for text in (theirs, more + theirs):
        for found in among(text).overlaps(mine):
            for passage in found.passages:
                here, there = mine[passage.start : passage.end], text[passage.other_start : passage.other_end]
                assert bare(here) == bare(there)
                assert len(bare(here)) == passage.size >= LEAST


@given(mixed)
def test_a_text_is_itself_or_too_short_to_tell(text: str) -> None:
    found = among(text).overlaps(text)
    assert (found[0].share if found else 0) == (1 if len(bare(text)) >= LEAST else 0)


@given(letters)
def test_texts_without_a_common_character_share_nothing(text: str) -> None:
    assert among("春夏秋冬东南西北山川湖海" * 3).overlaps(text) == []


@given(st.lists(mixed, min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_the_order_in_which_texts_came_does_not_matter(texts: list[str], chance: random.Random) -> None:
    keys = list(enumerate(texts[1:], 1))
    shuffled = Texts()
    for key, text in chance.sample(keys, len(keys)):
        shuffled.put(key, text)
    straight = among(*texts[1:])
    assert shuffled.overlaps(texts[0]) == straight.overlaps(texts[0])
    assert straight.overlaps(texts[0], anchors=straight.anchors()) == straight.overlaps(texts[0])


def test_one_piece_among_a_thousand_is_compared_well_within_a_second() -> None:
    chance = random.Random(20261121)
    signs_of_books = [chr(0x4E00 + at) for at in range(2000)]
    texts = among(*("".join(chance.choices(signs_of_books, k=800)) for _ in range(1000)))
    texts.put(7, texts.texts[900][:400] + texts.texts[7][400:])
    begun = time.process_time()
    found: list[Overlap] = texts.overlaps(texts.texts[7], among=[key for key in texts.texts if key != 7])
    assert time.process_time() - begun < 0.8
    assert [(one.other, round(one.share, 2)) for one in found] == [(900, 0.5)]
