"""Texts handed in: counted, kept, taken away, forgotten; what a piece has in common with others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.book.errors import Refused
from coordinator_tui.book.forgetting import plan_purge, purge_member
from coordinator_tui.book.merging import merge_members
from coordinator_tui.book.overlaps import all_overlaps, overlaps_json, overlaps_of, percent
from coordinator_tui.book.terms import close_term
from coordinator_tui.book.texts import LONGEST, counts_of, remove_text, set_text, text_of
from coordinator_tui.book.work import hand_in, remove_work, return_work
from coordinator_tui.domain.overlap import bare

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import Member

NOTE = "读《静默》有感：教师要先学会倾听，再学会说话，孩子的声音最要紧。"
OTHER = "我的做法是每天留出十分钟，让坐在角落里的孩子先说一句。"


def test_a_text_is_counted_and_kept_with_its_file_and_undo_takes_both_back(
    book: Book, people: dict[str, Member]
) -> None:
    work = hand_in(book, people["张三"].id, text=f"  {NOTE}\r\n{OTHER} ", file="note.docx")
    kept = text_of(book, work.id)
    assert kept is not None
    assert (kept.text, kept.file) == (f"{NOTE}\n{OTHER}", "note.docx")
    counts = counts_of(book, work.id)
    assert counts is not None
    assert work.words == counts.office == len(NOTE + OTHER)
    assert counts.han == len(bare(NOTE + OTHER))
    book.undo()
    assert len(book.texts) == len(book.work) == 0
    book.redo()
    assert text_of(book, work.id) == kept


def test_a_text_that_shall_not_be_kept_is_counted_only(book: Book, people: dict[str, Member]) -> None:
    work = hand_in(book, people["张三"].id, text=NOTE, keep=False)
    assert work.words
    assert text_of(book, work.id) is None
    assert hand_in(book, people["张三"].id, text=NOTE, words=5).words == 5


def test_the_book_may_count_chinese_characters_instead(book: Book, people: dict[str, Member]) -> None:
    book.settings.set("word_count", "han")
    assert hand_in(book, people["张三"].id, text="好！two，三").words == 2
    with pytest.raises(Refused, match="office, han"):
        book.settings.set("word_count", "pages")


def test_a_text_is_put_in_place_of_another_and_taken_away(book: Book, people: dict[str, Member]) -> None:
    work = hand_in(book, people["张三"].id, words=800)
    assert not remove_text(book, work.id)
    assert set_text(book, work.id, "第一稿。").words == 4
    assert set_text(book, work.id, "第二稿，长。", "b.txt").words == 6
    assert len(book.texts) == 1
    assert remove_text(book, work.id)
    assert (text_of(book, work.id), book.work.get(work.id).words) == (None, 6)
    book.undo()
    kept = text_of(book, work.id)
    assert kept is not None
    assert (kept.text, kept.file) == ("第二稿，长。", "b.txt")
    remove_work(book, work.id)
    assert len(book.texts) == 0


def test_empty_texts_and_those_that_are_no_piece_of_work_are_refused(book: Book, people: dict[str, Member]) -> None:
    for text, words in ((" \n　", "is empty"), ("字" * (LONGEST + 1), "200001 characters")):
        with pytest.raises(Refused, match=words):
            hand_in(book, people["张三"].id, text=text)
    assert len(book.work) == 0
    work = hand_in(book, people["张三"].id, text=NOTE)
    close_term(book, book.term.code)
    with pytest.raises(Refused):
        set_text(book, work.id, OTHER)
    with pytest.raises(Refused):
        remove_text(book, work.id)


def test_forgetting_a_person_takes_their_texts_and_merging_keeps_them(book: Book, people: dict[str, Member]) -> None:
    theirs = hand_in(book, people["张三"].id, text="只有我写的话" * 3)
    removed = hand_in(book, people["张三"].id, text="删掉的一篇里的话" * 3)
    remove_work(book, removed.id)
    others = hand_in(book, people["李四"].id, text="和王老师一起备课")
    merge_members(book, people["王五"].id, people["李四"].id)
    kept = text_of(book, others.id)
    assert kept is not None
    assert book.work.get(others.id).member == people["王五"].id
    purge_member(book, plan_purge(book, people["张三"].id))
    assert text_of(book, theirs.id) is None
    assert text_of(book, others.id) == kept
    log = b"".join(path.read_bytes() for path in (book.folder / "log").rglob("*.jsonl")).decode()
    assert "只有我写的话" not in log
    assert "删掉的一篇里的话" not in log


def test_history_tells_how_long_a_text_is_and_not_all_of_it(book: Book, people: dict[str, Member]) -> None:
    hand_in(book, people["张三"].id, text=NOTE)
    told = [line.sentence() for line in book.history("texts")]
    assert any(f"{len(NOTE)} characters" in sentence for sentence in told)
    assert not any(NOTE in sentence for sentence in told)


# overlap


def test_a_copy_is_shown_with_whose_piece_and_when_and_not_judged(book: Book, people: dict[str, Member]) -> None:
    first = hand_in(book, people["李四"].id, text=f"开头不同。{NOTE}", date=date(2026, 10, 12))
    copy = hand_in(book, people["张三"].id, text=f"{NOTE}{OTHER}")
    found = overlaps_of(book, copy.id)
    assert found is not None
    (shared,) = found.found
    assert shared.other == first
    assert shared.sentence == f"{percent(shared.share)} also in 李四, 2026-10-12"
    assert shared.pairs() == [(NOTE[:-1], NOTE[:-1])]
    assert found.share == shared.share == len(bare(NOTE)) / len(bare(NOTE + OTHER))
    back = overlaps_of(book, first.id)
    assert back is not None
    assert [one.other for one in back.found] == [copy]


def test_own_earlier_pieces_count_but_not_later_ones_nor_what_was_given_back(
    book: Book, people: dict[str, Member]
) -> None:
    early = hand_in(book, people["张三"].id, text=NOTE, date=date(2026, 10, 1))
    late = hand_in(book, people["张三"].id, text=NOTE, date=date(2026, 11, 1))

    def others(work: int) -> list[int]:
        found = overlaps_of(book, work)
        assert found is not None
        return [one.other.id for one in found.found]

    assert (others(early.id), others(late.id)) == ([], [early.id])
    return_work(book, early.id, reason="字数不够")
    assert others(late.id) == []
    assert overlaps_of(book, hand_in(book, people["张三"].id, words=3).id) is None


def test_all_pieces_are_compared_at_once_and_texts_that_change_are_compared_anew(
    book: Book, people: dict[str, Member]
) -> None:
    works = [
        hand_in(book, people[name].id, text=text) for name, text in (("张三", NOTE), ("李四", NOTE), ("王五", OTHER))
    ]
    assert {one.work.id for one in all_overlaps(book, book.work)} == {works[0].id, works[1].id}
    assert all_overlaps(book, book.work, least=1.1) == []
    set_text(book, works[1].id, OTHER)
    assert {one.work.id for one in all_overlaps(book, book.work)} == {works[1].id, works[2].id}
    book.undo()
    told = overlaps_json(book, all_overlaps(book, book.work)[0])
    assert (told["share"], told["others"][0]["passages"][0]["text"]) == (1.0, NOTE[:-1])


def test_shares_are_told_in_whole_percent_but_a_little_is_not_nothing() -> None:
    assert [percent(share) for share in (0, 0.001, 0.384, 0.999, 1)] == ["0 %", "1 %", "38 %", "99 %", "100 %"]
