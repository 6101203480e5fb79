"""TinyDB's own machinery around a book: its middleware, its plain tables, its storage calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinydb import TinyDB, where
from tinydb.middlewares import CachingMiddleware

from coordinator_tui.store import Store
from coordinator_tui.store.tables import StoreStorage, open_tinydb

if TYPE_CHECKING:
    from pathlib import Path


def test_plain_tinydb_on_a_book_saves_every_change(book: Store, folder: Path) -> None:
    plain = TinyDB(book, storage=StoreStorage)
    plain.table("members").insert({"name": "张三", "tags": ["a"]})
    plain.table("members").update({"name": "张珊"}, where("name") == "张三")
    plain.table("members").update(lambda doc: doc["tags"].append("b"), where("name") == "张珊")
    plain.close()
    with Store.open(folder, user="li") as again:
        assert list(again.documents("members").values()) == [{"name": "张珊", "tags": ["a", "b"]}]


def test_a_cache_in_front_of_a_book_writes_what_it_collected(book: Store, folder: Path) -> None:
    with book.transaction() as work:
        work.set("members", 1, {"name": "张三"})
    cached = CachingMiddleware(StoreStorage)  # type: ignore[no-untyped-call] # TinyDB has no types here
    with TinyDB(book, storage=cached) as database:
        database.table("members").update({"name": "李四"}, doc_ids=[1])
        database.table("groups").insert({"name": "数学组"})
        assert book.document("members", 1) == {"name": "张三"}
    with Store.open(folder, user="li") as again:
        assert again.document("members", 1) == {"name": "李四"}
        assert [group["name"] for group in again.documents("groups").values()] == ["数学组"]


def test_a_folder_opens_as_a_tinydb_and_closes_its_book(folder: Path) -> None:
    with open_tinydb(str(folder), user="li", sequential_ids=True) as database:
        assert database.table("members").insert({"name": "张三"}) == 1
        assert database.tables() == {"members"}
    with open_tinydb(str(folder)) as database:
        assert database.table("members").get(where("name") == "张三") is not None
        database.drop_table("members")
        database.drop_table("nothing")
        assert database.tables() == set()
    with Store.open(folder, user="li") as book:
        assert len(book.documents("members")) == 0


def test_tables_of_any_other_storage_are_tinydbs_own(tmp_path: Path) -> None:
    from coordinator_tui.store.tables import StoreDB

    with StoreDB(tmp_path / "plain.json") as database:
        members = database.table("members")
        number = members.insert({"name": "张三"})
        members.update({"level": "骨干"}, where("name") == "张三")
        assert members.get(doc_id=number) == {"name": "张三", "level": "骨干"}
        assert members.search(where("level") == "骨干") == [{"name": "张三", "level": "骨干"}]
        assert members.remove(where("name") == "张三") == [number]
        database.drop_table("members")
        assert database.tables() == set()
    assert (tmp_path / "plain.json").read_text(encoding="utf-8") == "{}"
