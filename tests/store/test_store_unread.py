"""Tables that nobody asked for stay unread when a book is opened, and are what they were when somebody asks."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import orjson
import pytest

from coordinator_tui.store import Store, unread
from coordinator_tui.store.line import digest_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True, params=[1, 100, 100_000])
def _pieces(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unread, "PIECE", request.param)


@pytest.fixture
def closed(folder: Path) -> Path:
    with Store.create(folder, "甲组", user="li") as book:
        for number in range(1, 40):
            with book.transaction() as work:
                work.set("attendance", number, {"mark": "sick", "note": f"{number},\n}},\n", "more": {"a": [number]}})
        with book.transaction() as work:
            work.set("members", 1, {"name": "张三"})
            work.set('odd ":{\n name', 1, {"x": 1})
            work.delete("attendance", 7)
            work.set("attendance", 8, {"mark": "late"})
    return folder


def _unread(book: Store) -> set[str]:
    return {name for name, table in book.engine.state.tables.items() if table.unread is not None}


def test_a_table_is_read_when_it_is_asked_for_and_no_other(closed: Path) -> None:
    with Store.open(closed, user="li") as book:
        assert sorted(book.tables()) == ["attendance", "members", 'odd ":{\n name']
        assert _unread(book) == {"attendance", "members", 'odd ":{\n name'}
        assert book.document("members", 1) == {"name": "张三"}
        assert _unread(book) == {"attendance", 'odd ":{\n name'}
        assert book.document("attendance", 8) == {"mark": "late", "note": "8,\n},\n", "more": {"a": [8]}}
        assert book.document("attendance", 7) is None
        assert list(book.documents("attendance")) == [*range(1, 7), *range(8, 40)]
        assert _unread(book) == {'odd ":{\n name'}


def test_the_state_is_the_one_that_the_logs_give(closed: Path) -> None:
    with Store.open(closed, user="li", read_only=True) as book:
        digest = book.digest()
    (closed / "data.json").unlink()
    with Store.open(closed, user="li", read_only=True) as book:
        assert book.digest() == digest


def test_what_was_not_read_is_written_back_as_it_was(closed: Path) -> None:
    before = json.loads((closed / "data.json").read_bytes())
    with Store.open(closed, user="li") as book:
        with book.transaction() as work:
            work.set("members", 2, {"name": "李四"})
        book.write_snapshot()
        assert _unread(book) == {"attendance", 'odd ":{\n name'}
    after = json.loads((closed / "data.json").read_bytes())
    assert after["attendance"] == before["attendance"]
    assert after["members"] == {"1": {"name": "张三"}, "2": {"name": "李四"}}
    with Store.open(closed, user="li") as book:
        assert not book.warnings
        digest = book.digest()
        with book.transaction() as work:  # says which line the document came from
            work.delete("attendance", 9)
    (closed / "data.json").unlink()
    with Store.open(closed, user="li") as book:
        assert book.undo() is not None
        assert book.digest() == digest


@pytest.mark.parametrize("kind", ["compact", "spread", "one line for each bracket"])
def test_another_programs_layout_of_data_json_is_understood(closed: Path, kind: str) -> None:
    data = json.loads((closed / "data.json").read_bytes())
    sync = data.pop("_sync")["1"]
    indent = {"compact": None, "spread": 2}.get(kind, 0)
    whole = json.dumps(data, ensure_ascii=False, indent=indent, separators=(",", ":"))
    body = whole[: whole.rindex("}")] + ","
    sync["content"] = digest_of(body.encode()).hex()
    del sync["check"]
    sync["check"] = digest_of(orjson.dumps(sync)).hex()
    text = body + '"_sync":' + json.dumps({"1": sync}, ensure_ascii=False, separators=(",", ":")) + "}"
    assert json.loads(text)["attendance"] == data["attendance"]
    with Store.open(closed, user="li", read_only=True) as book:
        digest = book.digest()
    (closed / "data.json").write_text(text, encoding="utf-8")
    with Store.open(closed, user="li") as book:
        assert not book.warnings
        assert not _unread(book)
        assert book.version == 0
        assert book.digest() == digest


def test_a_changed_byte_anywhere_is_not_taken_for_what_was_written(closed: Path) -> None:
    raw = (closed / "data.json").read_bytes()
    for place in range(0, len(raw), 97):
        (closed / "data.json").write_bytes(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
        with Store.open(closed, user="li", read_only=True) as book:
            assert not _unread(book)


def test_two_threads_that_ask_at_once_see_the_same_documents(closed: Path) -> None:
    with Store.open(closed, user="li") as book:
        table, found = book.engine.state.tables["attendance"], []
        start = threading.Barrier(4)

        def ask() -> None:
            start.wait()
            found.append(table.docs)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {id(docs) for docs in found} == {id(table.docs)}
