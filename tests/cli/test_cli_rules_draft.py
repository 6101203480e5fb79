"""`rules draft` shows what a pasted regulation asks for, lets a person confirm it, and writes a pack that is read."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pexpect
import pytest
from click.testing import CliRunner

from coordinator_tui.cli.commands import rules_draft
from coordinator_tui.cli.errors import end
from coordinator_tui.cli.shape import Group
from coordinator_tui.domain.rules.reading import read_pack
from coordinator_tui.text import select_language

if TYPE_CHECKING:
    from collections.abc import Callable

REGULATION = """教師(shī)研修制度
合集下載
一、每學(xué)期聽課(kè)不少于節(jié)。
二、每月寫(xiě)一篇讀書(shū)筆記(jì)。
三、學(xué)校定期舉(jǔ)辦教學(xué)研討會(huì)。
"""
OTHER = "教师轮岗制度\n第一条 每年交流的教师占教师总数的12%-18%。\n"


@dataclass
class Run:
    """What one run gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The JSON value on stdout."""
        return json.loads(self.out)


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """The command in a group of its own, in a folder with a regulation."""
    (tmp_path / "制度.txt").write_text(REGULATION, encoding="utf-8")
    (tmp_path / "合集.txt").write_bytes((REGULATION + "\n" + OTHER).encode("gb18030"))
    monkeypatch.chdir(tmp_path)
    select_language("en")
    group = Group("rules", commands=[rules_draft.COMMAND])

    def run(*args: str, stdin: bytes = b"") -> Run:
        done = CliRunner().invoke(group, ["draft", *args], input=stdin)
        code = done.exit_code
        said = ""
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            code, said = end(done.exception), str(done.exception)
        return Run(code, done.stdout, done.stderr + said)

    return run


def test_what_was_found_is_shown_with_its_line_and_what_to_confirm(rules: Callable[..., Run]) -> None:
    shown = rules("制度.txt")
    assert shown.code == 0
    rows = [line.split() for line in shown.out.splitlines()]
    assert [cells[0] for cells in rows] == ["Clause", "1", "2", "3"]
    assert "每学期听课不少于节" in shown.out
    assert "A number is missing here" in shown.out
    assert "per month · at least 1 篇 · 读书笔记" in shown.out
    assert "Regularly, but not how often" in shown.out
    assert "pinyin in brackets: 11" in shown.err
    assert not Path("制度.yaml").exists()


def test_json_tells_every_proposal_with_its_words_and_flags(rules: Callable[..., Run]) -> None:
    value = rules("制度.txt", "--json").json
    assert (value["title"], value["written"]) == ("教师研修制度", [])
    assert value["removed"]["traditional"] == 5
    (regulation,) = value["regulations"]
    lost, note, vague = (clause["proposals"][0] for clause in regulation["clauses"])
    assert (lost["words"], lost["line"], lost["least"], lost["unit"]) == ("每学期听课不少于节", 3, None, "节")
    assert lost["flags"] == ["lost_digits"]
    assert (note["per"], note["least"], note["kinds"], note["flags"]) == ("month", 1, ["reading_note"], [])
    assert vague["flags"] == ["no_frequency"]


def test_yes_writes_a_pack_in_which_what_was_lost_is_asked_for(rules: Callable[..., Run]) -> None:
    done = rules("制度.txt", "-o", "our.yaml", "--id", "our-study", "--yes")
    assert done.code == 0, done.err
    pack = read_pack(Path("our.yaml").read_text(encoding="utf-8"))
    assert (pack.id, pack.title.zh, len(pack.requirements)) == ("our-study", "教师研修制度", 3)
    assert [setting.suggest for setting in pack.settings] == [None, None]
    assert "待确认：数字缺失" in Path("our.yaml").read_text(encoding="utf-8")


def test_without_a_terminal_and_without_yes_nothing_is_written(rules: Callable[..., Run]) -> None:
    done = rules("制度.txt", "-o", "our.yaml")
    assert done.code == 5
    assert "每学期听课不少于节" in done.out
    assert "--yes" in done.err
    assert not Path("our.yaml").exists()


def test_a_file_that_is_there_is_only_written_over_by_force(rules: Callable[..., Run]) -> None:
    Path("our.yaml").write_text("mine", encoding="utf-8")
    refused = rules("制度.txt", "-o", "our.yaml", "--yes")
    assert (refused.code, Path("our.yaml").read_text(encoding="utf-8")) == (3, "mine")
    assert "--force" in refused.err
    assert rules("制度.txt", "-o", "our.yaml", "--yes", "--force").code == 0
    assert read_pack(Path("our.yaml").read_text(encoding="utf-8")).requirements


def test_several_regulations_become_a_pack_each(rules: Callable[..., Run]) -> None:
    done = rules("合集.txt", "-o", "both.yaml", "--id", "both", "--yes", "--json")
    assert done.json["written"] == ["both-1.yaml", "both-2.yaml"]
    packs = [read_pack(Path(name).read_text(encoding="utf-8")) for name in done.json["written"]]
    assert [(pack.id, pack.title.zh) for pack in packs] == [("both-1", "教师研修制度"), ("both-2", "教师轮岗制度")]
    assert [clause.id for clause in packs[1].clauses] == ["1"]


def test_one_of_several_regulations_can_be_chosen(rules: Callable[..., Run]) -> None:
    assert rules("合集.txt", "--part", "2", "-o", "one.yaml", "--id", "one", "--yes").code == 0
    pack = read_pack(Path("one.yaml").read_text(encoding="utf-8"))
    assert (pack.id, pack.title.zh) == ("one", "教师轮岗制度")
    missing = rules("合集.txt", "--part", "3")
    assert missing.code == 4
    assert "2 regulations" in missing.err


def test_standard_input_and_output(rules: Callable[..., Run]) -> None:
    done = rules("-", "-o", "-", "--yes", stdin=REGULATION.encode("gb18030"))
    assert read_pack(done.out).title.zh == "教师研修制度"
    several = rules("-", "-o", "-", "--yes", stdin=(REGULATION + OTHER).encode())
    assert (several.code, several.out) == (5, "")
    assert "2. 教师轮岗制度" in several.err


@pytest.mark.parametrize(("args", "code"), [(("nothing.txt",), 4), ((".",), 3), (("空.txt",), 3)])
def test_what_cannot_be_taken_is_refused_in_one_sentence(
    rules: Callable[..., Run], args: tuple[str, ...], code: int
) -> None:
    Path("空.txt").write_text(" \n", encoding="utf-8")
    refused = rules(*args)
    assert refused.code == code
    assert refused.out == ""


def test_a_regulation_without_numbers_says_so(rules: Callable[..., Run]) -> None:
    Path("空话.txt").write_text("一、教师要爱岗敬业。\n", encoding="utf-8")
    assert "No numbers" in rules("空话.txt").out


# --- on a terminal -------------------------------------------------------------------------------------------------

PROGRAM = """
import sys
from coordinator_tui.cli.commands.rules_draft import COMMAND
from coordinator_tui.cli.errors import end
try:
    sys.exit(COMMAND.main(sys.argv[1:], standalone_mode=False) or 0)
except SystemExit:
    raise
except BaseException as error:
    sys.exit(end(error))
"""


def answered(*answers: str) -> tuple[int, str]:
    """Run the command on a terminal, answer its questions, and return its exit code and all it said."""
    command = ["-c", PROGRAM, "制度.txt", "-o", "our.yaml", "--id", "our"]
    child = pexpect.spawn(sys.executable, command, encoding="utf-8", timeout=30, dimensions=(40, 160))
    said = ""
    for answer in answers:
        child.expect("q quit: ")
        said += child.before or ""
        child.sendline(answer)
    child.expect(pexpect.EOF)
    said += child.before or ""
    child.close()
    return child.exitstatus or 0, said


def test_a_person_confirms_clause_by_clause(rules: Callable[..., Run]) -> None:
    assert rules("制度.txt").code == 0
    code, said = answered("15", "", "s")
    assert code == 0
    assert "每学期听课不少于节。" in said
    assert "A number is missing here" in said
    pack = read_pack(Path("our.yaml").read_text(encoding="utf-8"))
    found = [(requirement.how_many.at_least, requirement.per.unit.value) for requirement in pack.requirements]
    assert found == [(15, "term"), (1, "month")]
    assert not pack.settings
    assert "未采用" in Path("our.yaml").read_text(encoding="utf-8")


def test_what_is_no_answer_is_asked_again_and_the_rest_can_be_taken_at_once(rules: Callable[..., Run]) -> None:
    assert rules("制度.txt").code == 0
    code, said = answered("maybe", "-3", "", "a")
    assert code == 0
    assert "“maybe” is none of these." in said
    pack = read_pack(Path("our.yaml").read_text(encoding="utf-8"))
    assert (len(pack.requirements), len(pack.settings)) == (3, 2)


def test_whoever_leaves_has_nothing_written(rules: Callable[..., Run]) -> None:
    assert rules("制度.txt").code == 0
    code, said = answered("15", "q")
    assert code == 0
    assert "Nothing was written." in said
    assert not Path("our.yaml").exists()
