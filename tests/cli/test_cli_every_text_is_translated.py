"""Nothing that a command prints bypasses translation: in the language that marks every text, no word is unmarked.

Every run of letters must lie within ⟦ ⟧, or be data of the book, or be what is typed: commands, options, values, files.
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from cli_program import ROSTER, TODAY, all_commands

from coordinator_tui.book.book import Book
from coordinator_tui.book.demo import write_demo
from coordinator_tui.book.legends import legends
from coordinator_tui.book.settings import SPECS
from coordinator_tui.book.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cli_program import Program

HAN = re.compile("[\u3400-\u9fff]")
LETTERS = re.compile(r"[^\W\d_]{2,}")
CLOSED = re.compile("⟦[^⟦⟧]*⟧")
TYPED = re.compile(
    r"(?m)^⟦⟦(?:Example|Examples)⟧:⟧\n(?:  .*\n?)+"  # examples can be copied, so they are the same in every language
    r"|^⟦Usage:⟧ [a-z -]+"
    r"|^  [a-z-]+(?=  )"  # a command in a list
    r"|--?[a-z-]+"  # an option
    r"|\b[A-Z]{2,}\b(?:\.\.\.)?|\bzh\|en\b"  # what stands for a value
    r"|coordinator-tui [^⟦⟧“”\n]*|coordinator-tui"
    r"|[^\s⟦⟧]*(?:/|\.coord|\.zip|\.xlsx|\.csv|\.md)[^\s⟦⟧]*"
    r"|\b(?:xlsx|csv|md|json|kB|utf-8|gb18030|auto|li)\b"
    r"|\b[0-9a-f]{32}\b|\b(?=[a-z]*[0-9])[a-z2-9]{10}\b"  # digests, copies of a book
)

SAID = (
    ("info",),
    ("members", "list"),
    ("members", "list", "不存在"),
    ("members", "show", "周若溪"),
    ("members", "show", "王伟"),
    ("members", "show", "查无此人"),
    ("members", "add", "新来者", "--subject", "音乐"),
    ("members", "edit", "新来者", "--birth", "1985.1"),
    ("members", "edit", "新来者", "--birth", "1985-03", "--level", "new"),
    ("members", "remove", "新来者"),
    ("members", "remove", "周若溪", "--yes"),
    ("groups", "list"),
    ("groups", "show", "语文教研组"),
    ("groups", "join", "高段备课组", "新来者", "--role", "recorder"),
    ("term", "list"),
    ("term", "add", "2027-2028-1"),
    ("schedule", "list"),
    ("schedule", "show", "last"),
    ("schedule", "series"),
    ("schedule", "gaps"),
    ("schedule", "days"),
    ("schedule", "add", "2026-10-01", "--topic", "假日"),
    ("schedule", "plan", "每周教研", "--dry-run"),
    ("schedule", "move", "next", "2026-12-03", "--reason", "停电"),
    ("schedule", "cancel", "2026-12-03", "--reason", "停电"),
    ("leave", "list", "--all"),
    ("leave", "add", "罗景行", "2026-11-27", "--kind", "sick"),
    ("leave", "withdraw", "罗景行"),
    ("roll", "last"),
    ("roll", "last", "--show"),
    ("roll", "last", "--line", "罗景行迟10 周若溪病 其余到", "--dry-run"),
    ("roll", "last", "--line", "罗景行迟10 没有人病", "--yes"),
    ("roll", "last", "--line", "罗景行迟10 其余到", "--yes"),
    ("work", "list"),
    ("work", "owed"),
    ("work", "due"),
    ("work", "add", "罗景行", "--kind", "reading_note", "--words", "900"),
    ("work", "check", "罗景行", "A"),
    ("work", "check", "罗景行", "Z"),
    ("work", "add", "罗景行", "--text", "读了两章，最受用的一句是教师要先学会倾听孩子的声音。"),
    ("work", "add", "周若溪", "--text", "最受用的一句是教师要先学会倾听孩子的声音。"),
    ("work", "add", "罗景行", "--file", "nothing.docx"),
    ("work", "text", "罗景行"),
    ("work", "text", "祁星晚"),
    ("work", "text", "罗景行", "--remove"),
    ("work", "overlap", "罗景行"),
    ("work", "overlap", "--all"),
    ("work", "pile"),
    ("work", "recount", "--dry-run"),
    ("work", "check", "--all", "--grade", "A", "--dry-run"),
    ("work", "check", "--all", "--grade", "A"),
    ("readings", "list"),
    ("export", "note-check", "-f", "text", "-o", "-"),
    ("readings", "weekly"),
    ("readings", "read"),
    ("readings", "add", "语文的力量", "--due", "2026-12-01"),
    ("trainings", "list"),
    ("trainings", "add", "罗景行", "外出学习", "--hours", "8", "--missed", "1/3"),
    ("trainings", "add", "罗景行", "外出学习", "--hours", "-8"),
    ("trainings", "add", "罗景行", "外出学习", "--missed", "多半"),
    ("trainings", "relay", "外出学习"),
    ("trainings", "relay", "罗景行"),
    ("trainings", "edit", "没有这次培训", "--hours", "9"),
    ("trainings", "remove", "外出学习"),
    ("pairs", "list", "--all"),
    ("pairs", "add", "罗景行", "罗景行"),
    ("pairs", "add", "周若溪", "祁星晚"),
    ("pairs", "end", "祁星晚"),
    ("exchange", "list"),
    ("exchange", "place", "费云岫", "河湾小学"),
    ("exchange", "end", "费云岫"),
    ("achievements", "list"),
    ("achievements", "add", "罗景行", "新论文", "--kind", "paper"),
    ("achievements", "edit", "新论文", "--original"),
    ("achievements", "edit", "新论文"),
    ("register", "list"),
    ("register", "add", "--kind", "news"),
    ("register", "add", "一条报道", "--kind", "news"),
    ("register", "remove", "一条报道", "--yes"),
    ("summary",),
    ("summary", "--member", "罗景行"),
    ("summary", "--format", "md"),
    ("summary", "-o", "out.xlsx"),
    ("export", "members", "-o", "members.csv"),
    ("export", "roll", "-o", "roll.xlsx"),
    ("search", "阅读"),
    ("search", "zzzz"),
    ("import", "members", "roster.csv", "--dry-run"),
    ("import", "members", "roster.csv"),
    ("import", "members", "nothing.csv"),
    ("history", "-n", "60"),
    ("history", "罗景行"),
    ("conflicts", "list"),
    ("conflicts", "show", "1"),
    ("settings", "list"),
    ("settings", "get", "school"),
    ("settings", "set", "late_entry_days", "many"),
    ("undo",),
    ("redo",),
    ("doctor",),
    ("compact",),
    ("backup", "-o", "copy.zip"),
    ("restore", "copy.zip", "again"),
    ("restore", "nothing.zip", "again"),
    ("membres",),
    ("roll", "--frobnicate"),
    ("work", "list", "--kind", "poem"),
)  # fmt: skip
"""Commands one after the other, in one book; refusals among them."""


@pytest.fixture(scope="module")
def chinese_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_demo(tmp_path_factory.mktemp("zh") / "demo.coord", language="zh", today=date.fromisoformat(TODAY))


def bare(text: str, data: str = "") -> list[str]:
    """Return the words that are neither translated nor data nor typed."""
    text = TYPED.sub(" ", text)
    while (after := CLOSED.sub(" ", text)) != text:
        text = after
    return [word for word in LETTERS.findall(text) if word not in data]


def data_of(folder: Path) -> str:
    """All that people wrote into a book or on the command line, and what is shipped as data."""
    texts = [ROSTER, *(word for words in SAID for word in words if HAN.search(word)), *(spec.key for spec in SPECS)]
    for path in (shipped("config/legends.yaml"), shipped("config/values.yaml"), *shipped("config/calendars").iterdir()):
        texts += _texts(yaml.safe_load(path.read_text(encoding="utf-8")))
    texts += [legend.title for legend in legends().values()]
    with Book.open(folder, user="li", remember=False) as book:
        for table in book.store.database.tables():
            texts += [text for document in book.store.documents(table).values() for text in _texts(document)]
    return "\n".join(texts)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from [value] if HAN.search(value) else []
    elif isinstance(value, dict):
        yield from (text for each in value.values() for text in _texts(each))
    elif isinstance(value, (list, tuple)):
        yield from (text for each in value for text in _texts(each))


def test_every_word_of_every_help_page_is_translated_or_typed(program: Program) -> None:
    program.lang = "pseudo"
    found = {words: said for words in [(), *all_commands()] if (said := bare(program(*words, "--help").out))}
    assert not found


def test_every_word_that_a_command_says_is_translated_or_data(program: Program, chinese_demo: Path) -> None:
    program.lang, program.book = "pseudo", program.folder / "demo.coord"
    shutil.copytree(chinese_demo, program.book)
    (program.folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    data = data_of(program.book)
    found: list[str] = []
    for words in SAID:
        answer = program("--as", "li", *words)
        assert answer.out + answer.err
        if said := bare(answer.out + "\n" + answer.err, data):
            found.append(f"{' '.join(words)}: {said}\n{answer.out}{answer.err}")
    assert not found, "\n\n".join(found)
