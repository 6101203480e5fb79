"""Whatever the store says, the user reads it in their language."""

from __future__ import annotations

import ast
from pathlib import Path

import coordinator_tui.store
from coordinator_tui.book import care
from coordinator_tui.book.book import Book
from coordinator_tui.book.damage import SENTENCES
from coordinator_tui.book.members import add_member
from coordinator_tui.book.store_texts import REASONS, TEMPLATES, reason_words
from coordinator_tui.store import StoreError
from coordinator_tui.text import select_language

SOURCES = sorted(Path(coordinator_tui.store.__file__).parent.glob("*.py"))


def texts_of(node: ast.AST) -> list[str]:
    """The text literals of an expression; what an f-string puts in stands as {}."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return ["".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)]
    return [text for child in ast.iter_child_nodes(node) for text in texts_of(child)]


def said(function_names: set[str], place: int, assigned: set[str], keyword: str = "") -> set[str]:
    """What the store's source hands to these functions at this place, assigns to these names, or gives as a keyword."""
    found: list[str] = []
    for tree in (ast.parse(source.read_text(encoding="utf-8")) for source in SOURCES):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in function_names and len(node.args) > place:
                    found += texts_of(node.args[place])
                found += [text for word in node.keywords if word.arg == keyword for text in texts_of(word.value)]
            elif isinstance(node, ast.Assign) and any(
                getattr(target, "id", getattr(target, "attr", "")) in assigned for target in node.targets
            ):
                found += texts_of(node.value)
    return {text for text in found if " " in text}


def plain(texts: set[str]) -> set[str]:
    """Texts with every placeholder as {}."""
    import re

    return {re.sub(r"\{\w+\}", "{}", text) for text in texts}


def test_every_warning_and_finding_of_the_store_is_marked_for_translation() -> None:
    found = said({"warn", "Finding"}, 2, {"text", "warning"})
    assert len(found) > 15
    assert plain(found) - plain(set(TEMPLATES)) == set()


def test_every_reason_of_the_store_is_marked_for_translation() -> None:
    found = said({"BadLine", "_damaged"}, 0, {"reason", "read_only_reason"}, keyword="reason") | said(
        {"_ignore_data"}, 2, set()
    )
    assert len(found) > 15
    assert plain(found) - plain(set(REASONS)) == set()


def test_every_error_of_the_store_has_a_sentence() -> None:
    def codes(kind: type[StoreError]) -> set[str]:
        return {kind.code}.union(*(codes(part) for part in kind.__subclasses__()))

    assert codes(StoreError) - set(SENTENCES) == {"store"}


def test_reasons_with_something_in_them_are_translated_around_it() -> None:
    select_language("pseudo")
    assert reason_words("the part log/x/1.jsonl is damaged") == "⟦the part log/x/1.jsonl is damaged⟧"
    assert reason_words("the moon is full") == "the moon is full"


def test_the_doctor_says_what_it_found_in_a_sentence(book: Book) -> None:
    for number in range(5):
        add_member(book, f"张{number}")
    book.close()
    assert [finding for finding in care.doctor(book.folder) if finding.severity == "error"] == []
    log = next((book.folder / "log").rglob("*.jsonl"))
    lines = log.read_bytes().split(b"\n")
    lines[3] = lines[3].replace("张".encode(), "李".encode())
    log.write_bytes(b"\n".join(lines))
    (book.folder / "data.json").unlink()
    select_language("pseudo")
    found = care.doctor(book.folder)
    assert {finding.severity for finding in found} >= {"error"}
    assert all(finding.sentence.startswith("⟦") for finding in found)
    select_language("en")
    assert "damaged" in {finding.to_json()["code"] for finding in found}
    with Book.open(book.folder, user="li", read_only=True) as reading:
        assert any("line 4" in warning for warning in care.warnings(reading))
        assert len(reading.members) < 5
    care.doctor(book.folder, repair=True)
    with Book.open(book.folder, user="li") as mended:
        add_member(mended, "钱七")
        assert "钱七" in [member.name for member in mended.members]
