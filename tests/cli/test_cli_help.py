"""Every command can be asked what it does, in both languages, and answers at once."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cli_program import all_commands

from coordinator_tui.cli.contents import ENTRIES
from coordinator_tui.cli.reference import pages
from coordinator_tui.cli.version import VERSION
from coordinator_tui.text import select_language

if TYPE_CHECKING:
    from cli_program import Program

ROOT = Path(__file__).parents[2]
HEAVY = (
    "textual",
    "rich",
    "tinydb",
    "openpyxl",
    "pypinyin",
    "yaml",
    "orjson",
    "tabulate",
    "click",
    "coordinator_tui.book",
)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("words", list(all_commands()), ids=" ".join)
def test_every_command_has_help_with_an_example(program: Program, words: tuple[str, ...], lang: str) -> None:
    program.lang = lang
    answer = program(*words, "--help")
    assert answer.code == 0
    assert answer.err == ""
    assert re.search(r"(示例|例子|Examples?)[:：]\n  (eval .)?(\w+ \| )?.?.?coordinator-tui", answer.out), answer.out
    assert " ".join(["coordinator-tui", *words]) in answer.out
    usage = "Usage: " if lang == "en" else "用法"
    assert answer.out.startswith(usage)


def test_chinese_help_has_no_english_sentence(program: Program) -> None:
    program.lang = "zh"
    english = []
    for words in all_commands():
        for line in program(*words, "--help").out.splitlines():
            said = line.strip()
            if "coordinator-tui " not in said and re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", said):
                english.append((words, said))
    assert english == []


def test_program_lists_its_commands_in_both_languages(program: Program) -> None:
    english, chinese = program.process("--help"), program.process("--help", LANG="zh_CN.UTF-8")
    for name in ENTRIES:
        assert re.search(rf"^  {name} ", english.out, re.MULTILINE)
        assert re.search(rf"^  {name} ", chinese.out, re.MULTILINE)
    assert "点名" in chinese.out
    assert "点名" not in english.out.split("Examples")[0]


@pytest.mark.parametrize(
    "words", [("--lang", "zh", "--help"), ("--lang=zh", "-h"), ("members", "--lang", "zh", "--help")]
)
def test_lang_decides_the_language_of_help_wherever_it_stands(program: Program, words: tuple[str, ...]) -> None:
    answer = program.process(*words)
    assert answer.code == 0
    assert "成员" in answer.out


def test_help_page_is_the_same_on_the_fast_way_and_through_click(program: Program) -> None:
    fast = program.process("--help")
    through_click = program.process("--plain", "--help")
    assert fast.out == through_click.out


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["--lang", "zh", "--help"]])
def test_version_and_help_load_nothing_heavy(words: list[str]) -> None:
    code = (
        f"import sys; sys.argv = ['coordinator-tui', *{words!r}]\n"
        "from coordinator_tui.cli.main import run\n"
        "try: run()\n"
        "except SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stderr.strip() == "[]"
    assert done.stdout


def test_version_is_the_package_s() -> None:
    declared = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert declared is not None
    assert declared[1] == VERSION


def test_lines_of_help_fit_the_terminal(program: Program) -> None:
    from coordinator_tui.text import cells

    program.lang = "zh"
    for words in [*all_commands(), ()]:
        for line in program(*words, "--help").out.splitlines():
            assert cells(line) <= 100 or "coordinator-tui" in line


def test_command_reference_is_current() -> None:
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == pages(), "run: python -m coordinator_tui.cli.reference > docs/commands.md"
    select_language("en")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_name_both_commands(program: Program, shell: str) -> None:
    out = program.good("completion", shell).out
    assert "_COORDINATOR_TUI_COMPLETE" in out
    assert "_CTUI_COMPLETE" in out


def complete(program: Program, words: str, count: int) -> list[str]:
    """What bash is offered for the word number `count`."""
    answer = program.process(COMP_WORDS=words, COMP_CWORD=str(count), _COORDINATOR_TUI_COMPLETE="bash_complete")
    return [line.partition(",")[2] for line in answer.out.split()]


def test_shell_completes_commands_and_options(school: Program) -> None:
    assert complete(school, "coordinator-tui sch", 1) == ["schedule"]
    assert "--line" in complete(school, "coordinator-tui roll --", 2)


def test_shell_completes_names_from_the_book(school: Program) -> None:
    line = f"coordinator-tui --book {school.book} members show "
    assert complete(school, line + "王", 5) == ["王伟(语文)", "王伟(体育)"]
    assert complete(school, line + "zhaox", 5) == ["赵小云"]
    assert complete(school, f"coordinator-tui --book {school.book} groups show 英", 5) == ["英语教研组"]


def test_completion_without_a_book_is_silent(program: Program) -> None:
    assert complete(program, "coordinator-tui --book nowhere members show z", 5) == []
