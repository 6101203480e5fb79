"""README and manuals say what the program does: every command in them is run, in order, in a folder of its own."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MANUALS = {"zh": ROOT / "docs/manual.zh.md", "en": ROOT / "docs/manual.en.md"}
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def commands_in(page: Path) -> list[list[str]]:
    """Return the arguments of every `$ coordinator-tui …` line of a page."""
    lines = [line for block in _BLOCK.findall(page.read_text(encoding="utf-8")) for line in block.splitlines()]
    found = [shlex.split(line.removeprefix("$ ")) for line in lines if line.startswith("$ ")]
    assert all(words[0] == "coordinator-tui" for words in found), found
    return [words[1:] for words in found]


def run(words: list[str], folder: Path, lang: str = "zh") -> subprocess.CompletedProcess[str]:
    home = {"XDG_STATE_HOME": str(folder / "state"), "XDG_DATA_HOME": str(folder / "data"), "HOME": str(folder)}
    environment = os.environ | home | {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "COORDINATOR_BOOK": ""}
    return subprocess.run(
        [sys.executable, "-m", "coordinator_tui", "--lang", lang, "--at", "2026-11-24", *words],
        cwd=folder, env=environment, input="", capture_output=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip


@pytest.mark.parametrize("lang", sorted(MANUALS))
def test_the_first_week_of_the_manual_can_be_typed_from_beginning_to_end(lang: str, tmp_path: Path) -> None:
    for sample in ("roster-gbk.csv", "regulation.txt"):
        shutil.copy(ROOT / "data/samples" / sample, tmp_path)
    commands = commands_in(MANUALS[lang])
    assert len(commands) > 25
    for words in commands:
        done = run(words, tmp_path, lang)
        assert done.returncode == 0, f"{words}: exit {done.returncode}\n{done.stdout}{done.stderr}"


def test_the_first_day_of_the_readme_can_be_typed(tmp_path: Path) -> None:
    from docx import Document
    from openpyxl import Workbook

    roster = Workbook()
    sheet = roster.active
    assert sheet is not None
    for row in (("姓名", "性别"), ("张三", "男"), ("李四", "女"), ("王五", "男")):
        sheet.append(row)
    roster.save(tmp_path / "教师花名册.xlsx")
    paper = Document()
    paper.add_paragraph("学习制度\n一、每位教师每月写一篇读书笔记。\n二、每学期听课不少于十节。")
    paper.save(str(tmp_path / "本校制度.docx"))
    init, look, plan, roll, work, summary, screens, *regulation = commands_in(ROOT / "README.md")
    assert screens == []
    for words in (init, look, [w for w in look if w != "--dry-run"] + ["--yes"], [*plan, "--yes"]):
        done = run(words, tmp_path)
        assert done.returncode == 0, f"{words}: {done.stderr}"
    regulation = [[*words, "--yes"] if "draft" in words else words for words in regulation]
    assert len(regulation) == 5
    session = ["schedule", "add", "2026-11-24", "--topic", "读书会"]
    for words in (session, [*roll, "--yes"], work, summary, *regulation):
        done = run(words, tmp_path)
        assert done.returncode == 0, f"{words}: {done.stderr}"


def test_both_manuals_walk_the_same_way() -> None:
    shapes = {lang: [words[:1] for words in commands_in(page) if "demo" not in words] for lang, page in MANUALS.items()}
    assert [w for w in shapes["zh"] if not w[0].startswith("-")] == [
        w for w in shapes["en"] if not w[0].startswith("-")
    ]


def test_the_readme_names_the_screens_as_the_program_does() -> None:
    from coordinator_tui.text import select_language
    from coordinator_tui.tui.areas import AREAS

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for lang in ("zh", "en"):
        select_language(lang)
        for area in AREAS:
            if area.key.isdigit():
                row = next(line for line in readme.splitlines() if line.startswith(f"| {area.key} |"))
                assert str(area.title) in row
    select_language("en")


def test_the_pages_that_the_readme_points_to_are_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text(encoding="utf-8")):
        assert (ROOT / target).is_file(), target


@pytest.mark.parametrize("lang", sorted(MANUALS))
def test_the_manual_names_the_keys_of_the_roll_as_the_program_has_them(lang: str) -> None:
    from coordinator_tui.domain.vocabulary import title
    from coordinator_tui.text import select_language
    from coordinator_tui.tui.screens.roll_marks import MARK_KEYS

    rows = re.findall(
        r"^\| `(\d)` (?:或|or) `(\w)` \| ([^(（|]+)", MANUALS[lang].read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(rows) >= 7
    select_language(lang)
    by_digit = {keys[0]: (keys, title(mark).lower()) for mark, keys in MARK_KEYS.items()}
    select_language("en")
    for digit, letter, words in rows:
        keys, name = by_digit[digit]
        assert letter in keys
        assert words.strip() == name
