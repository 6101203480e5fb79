"""What is asked of somebody who sits at a terminal, and how lists look there."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pexpect
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cli_program import Program


@contextmanager
def typing(program: Program, *args: str, **env: str) -> Iterator[pexpect.spawn[str]]:
    """Run the program on a terminal of its own."""
    child: pexpect.spawn[str] = pexpect.spawn(
        sys.executable,
        ["-m", "coordinator_tui", *program.arguments(*args)],
        env={**os.environ, "TERM": "xterm-256color", **env},
        cwd=str(program.folder),
        encoding="utf-8",
        timeout=120,
        dimensions=(24, 100),
    )
    try:
        yield child
    finally:
        child.close(force=True)


def rest(child: pexpect.spawn[str]) -> str:
    """Read to the end."""
    child.expect(pexpect.EOF)
    child.wait()
    return child.before or ""


def test_init_asks_for_what_is_missing(program: Program) -> None:
    with typing(program, "init", "english") as child:
        child.expect("School: ")
        child.sendline("春风小学")
        child.expect("Group: ")
        child.sendline("英语教研组")
        child.expect(r"Term \[2026-2027-1\]: ")
        child.sendline("")
        rest(child)
    assert child.exitstatus == 0
    program.book = program.folder / "english.coord"
    assert program.good("info", "--json").json["school"] == "春风小学"
    assert program.good("groups", "list", "--json").json[0]["name"] == "英语教研组"


@pytest.mark.parametrize(("answer", "late"), [("y", 1), ("是", 1), ("n", 0), ("", 0)])
def test_roll_line_is_committed_after_one_question(school: Program, answer: str, late: int) -> None:
    with typing(school, "roll", "--line", "张三迟 其余到") as child:
        child.expect(r"Commit\? \[y/N\] ")
        child.sendline(answer)
        said = rest(child)
    assert child.exitstatus == 0
    assert ("members marked" in said) is bool(late)
    assert school.good("roll", "--json").json["counts"]["late"] == late


def test_import_asks_about_doubts_and_bad_rows(school: Program) -> None:
    (school.folder / "more.csv").write_text(
        "姓名,性别,出生年月\n王伟,男,\n吴三,男,1985.1\n郑九,女,1990-01\n", encoding="utf-8"
    )
    with typing(school, "import", "members", "more.csv") as child:
        child.expect("Which one")
        child.sendline("2")
        child.expect("without these")
        child.sendline("y")
        child.expect("Write this")
        child.sendline("y")
        said = rest(child)
    assert child.exitstatus == 0
    assert "1 added" in said
    assert "1 refused" in said
    assert "郑九" in school.good("members", "list").out


def test_removal_can_be_thought_better_of(school: Program) -> None:
    with typing(school, "members", "remove", "张三") as child:
        child.expect("Remove 张三")
        child.sendline("n")
        rest(child)
    assert child.exitstatus == 0
    assert "张三" in school.good("members", "list").out


def test_interrupt_at_a_question_changes_nothing(school: Program) -> None:
    with typing(school, "roll", "--line", "其余到") as child:
        child.expect("Commit")
        child.sendintr()
        rest(child)
    assert child.exitstatus == 130
    assert school.good("roll", "--json").json["counts"]["not_taken"] == 5


def test_list_on_a_terminal_has_a_rule_unless_it_is_to_be_plain(school: Program) -> None:
    with typing(school, "members", "list", "--lang", "en") as child:
        shown = rest(child)
    assert "\x1b[1m" in shown
    assert "────" in shown
    for args, env in ((("--plain", "members", "list"), {}), (("members", "list"), {"NO_COLOR": "1"})):
        with typing(school, *args, **env) as child:
            bare = rest(child)
        assert "\x1b" not in bare
        assert "张三" in bare


def test_workbook_is_not_thrown_at_a_terminal(demo: Program) -> None:
    with typing(demo, "summary", "-f", "xlsx") as child:
        said = rest(child)
    assert child.exitstatus == 2
    assert "-o FILE.xlsx" in said
