"""Exit codes, streams and encodings, tried on the real program."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from typing import IO, TYPE_CHECKING

import pytest

from coordinator_tui.cli import errors
from coordinator_tui.cli.values import recovered

if TYPE_CHECKING:
    from pathlib import Path

    from cli_program import Program


def no_traceback(program: Program, code: int, *args: str, lang: str = "C.UTF-8") -> str:
    """Run as a process, expect the code, one sentence on stderr and nothing on stdout; return the sentence."""
    answer = program.process(*args, LANG=lang)
    assert answer.code == code, answer.err
    assert answer.out == ""
    assert "Traceback" not in answer.err
    assert answer.err.count("\n") == 1
    return answer.err.strip()


def test_no_book_says_what_to_type_next(program: Program) -> None:
    said = no_traceback(program, 4, "members", "list")
    assert "coordinator-tui demo" in said
    assert "coordinator-tui init" in said


def test_folder_that_is_no_book_is_unusable(program: Program) -> None:
    (program.folder / "letters").mkdir()
    assert "letters" in no_traceback(program, 6, "--book", "letters", "info")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("members", "lost"), "lost"),
        (("membres",), "members"),
        (("roll", "--frobnicate"), "--frobnicate"),
        (("leave", "add"), "MEMBER"),
        (("members", "list", "x", "y", "z"), "y z"),
        (("--at", "2026-02-30", "info"), "2026-02-30"),
        (("--lang", "fr", "info"), "fr"),
        (("work", "list", "--kind", "poem"), "reading_note"),
    ],
)
def test_wrong_usage_is_2_and_names_the_help(program: Program, args: tuple[str, ...], said: str) -> None:
    sentence = no_traceback(program, 2, *args)
    assert said in sentence
    assert "--help" in sentence


def test_wrong_usage_is_told_in_chinese(program: Program) -> None:
    assert no_traceback(program, 2, "roll", "--foo", lang="zh_CN.UTF-8").startswith("没有选项 --foo")
    assert "缺少 ZIP" in no_traceback(program, 2, "restore", "--lang", "zh")
    assert "是不是“members”" in no_traceback(program, 2, "--lang=zh", "membres")


def test_no_screens_without_a_terminal(program: Program) -> None:
    answer = program.process()
    assert answer.code == 2
    assert answer.out == ""
    assert "--help" in answer.err


def test_ambiguous_name_is_5_with_the_candidates(school: Program) -> None:
    answer = school("members", "show", "王伟")
    assert answer.code == 5
    assert "王伟(语文)" in answer.err
    assert "王伟(体育)" in answer.err
    assert school("members", "show", "王伟(体育)").code == 0
    assert school("members", "show", "ww").code == 5
    assert school("members", "show", "zxy").code == 0
    assert school("members", "show", "钱七").code == 4


def test_question_without_a_terminal_is_5_and_says_yes(school: Program) -> None:
    answer = school("members", "remove", "张三")
    assert answer.code == 5
    assert "--yes" in answer.err
    assert len(school("members", "list", "--json").json) == 5


def test_damaged_book_is_6_and_names_file_line_and_remedy(demo: Program) -> None:
    assert demo.book is not None
    log = next(demo.book.glob("log/*/*.jsonl"))
    lines = log.read_bytes().split(b"\n")
    lines[40] = lines[40][:-9] + b"xxxxxxxx}"
    log.write_bytes(b"\n".join(lines))
    (demo.book / "data.json").unlink(missing_ok=True)
    answer = demo("doctor", "--json")
    assert answer.code == 6
    assert answer.json["ok"] is False
    assert answer.json["findings"]
    used = demo("members", "add", "新人")
    assert used.code == 6
    assert "doctor --repair" in used.err
    assert "Traceback" not in used.err


def test_doctor_of_a_whole_book_is_content(demo: Program) -> None:
    assert demo.good("doctor", "--json").json == {"ok": True, "findings": []}


def test_read_only_book_can_be_read_and_refuses_writing(demo: Program) -> None:
    book = demo.book
    assert book is not None
    # Root may write anywhere unless it gives that right away.
    without_rights = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    if without_rights and shutil.which("setpriv") is None:
        pytest.skip("root cannot give its rights away here")

    def run(*args: str) -> subprocess.CompletedProcess[str]:
        command = [*without_rights, sys.executable, "-m", "coordinator_tui", *demo.arguments(*args)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    for path in [book, *book.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        read, write = run("members", "list", "--json"), run("members", "add", "新人")
    finally:
        for path in [book, *book.rglob("*")]:
            path.chmod(0o755)
    assert read.returncode == 0, read.stderr
    assert len(json.loads(read.stdout)) > 25
    assert write.returncode == 6
    assert write.stderr.splitlines()[-1].endswith("Nothing was written.")
    assert "Traceback" not in write.stderr


def test_narration_goes_to_stderr_and_data_to_stdout(school: Program) -> None:
    added = school("members", "add", "钱七")
    assert (added.code, added.out) == (0, "")
    assert "钱七" in added.err
    listed = school("members", "list", "--json")
    assert json.loads(listed.out)[0]["name"]
    assert listed.err == ""


def test_gbk_terminal_gets_every_character_it_can_show_and_escapes_for_the_rest(school: Program) -> None:
    school.good("members", "add", "王䶮")
    done = subprocess.run(
        [sys.executable, "-m", "coordinator_tui", *school.arguments("members", "list")],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "gbk:strict"},
        check=True,
    )
    text = done.stdout.decode("gbk")
    assert "张三" in text
    assert "王\\u4dae" in text
    value = subprocess.run(
        [sys.executable, "-m", "coordinator_tui", *school.arguments("members", "list", "--json")],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "gbk:strict"},
        check=True,
    )
    assert "王䶮" in [row["name"] for row in json.loads(value.stdout.decode("gbk"))]


def test_posix_locale_prints_utf8(school: Program) -> None:
    answer = school.process(*school.arguments("members", "list"), LC_ALL="POSIX", LANG="")
    assert answer.code == 0
    assert "张三" in answer.out


def test_argument_typed_in_gbk_is_understood(school: Program) -> None:
    arguments = [os.fsencode(arg) for arg in school.arguments("members", "list")] + ["张三".encode("gb18030")]
    done = subprocess.run(
        [os.fsencode(sys.executable), b"-m", b"coordinator_tui", *arguments], capture_output=True, check=True
    )
    assert "张三" in done.stdout.decode()
    assert recovered("张三") == "张三"


def test_closed_pipe_ends_quietly(demo: Program) -> None:
    command = [sys.executable, "-m", "coordinator_tui", *demo.arguments("history", "-n", "5000", "--json")]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.read(10)
    running.stdout.close()
    said = running.stderr.read()
    assert running.wait(timeout=120) == errors.PIPE_CLOSED
    assert said == b""


def wait_until_taken(pipe: IO[bytes], patience: float = 60) -> None:
    """Wait until the other end has read what was written: it is at work then, and no longer starting."""
    until = time.monotonic() + patience
    while struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)))[0]:
        assert time.monotonic() < until, "nobody reads"
        time.sleep(0.02)


def test_interrupt_ends_with_130_and_one_line(school: Program) -> None:
    command = [sys.executable, "-m", "coordinator_tui", *school.arguments("roll", "--file", "-")]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdin is not None
    running.stdin.write("张三病\n".encode())
    running.stdin.flush()
    wait_until_taken(running.stdin)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=120)
    assert running.returncode == 130
    assert out == b""
    assert b"Traceback" not in err


def test_mistake_of_ours_tells_nobody_s_data(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    from coordinator_tui.book import places

    def broken(_explicit: object = None) -> Path:
        raise RuntimeError("张三 is ill")

    monkeypatch.setattr(places, "chosen_book", broken)
    answer = program("info")
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert "张三" not in answer.err
    notes = list(program.folder.rglob("errors.log"))
    assert len(notes) == 1
    note = notes[0].read_text(encoding="utf-8")
    assert "RuntimeError" in note
    assert "places.py" in note or "context.py" in note
    assert "张三" not in note
    assert notes[0].stat().st_mode & 0o077 == 0


def test_names_cannot_steer_the_terminal(school: Program) -> None:
    school.good("members", "edit", "张三", "--note", "x\x1b[31my")
    out = school.good("members", "show", "张三").out
    assert "\x1b" not in out


def test_nothing_is_coloured_outside_a_terminal(school: Program) -> None:
    assert "\x1b" not in school.good("members", "list").out
    assert school.good("--plain", "members", "list").out == school.good("members", "list").out


def test_global_options_may_stand_anywhere(school: Program) -> None:
    before = school.process("--book", str(school.book), "--as", "li", "members", "add", "甲一", "--plain")
    behind = school.process("members", "add", "乙二", "--book", str(school.book), "--as", "wang")
    assert (before.code, behind.code) == (0, 0)
    assert {line["by"] for line in school.good("history", "-n", "8", "--json").json} >= {"li", "wang"}


def test_book_is_found_by_option_variable_and_memory(school: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    other = school.folder / "other.coord"
    assert school.book is not None
    school.process("init", "other", "--group", "数学组", "--school", "", "--term", "2026-2027-1")
    assert school.process("info", "--json").json["book"] == str(other)
    assert school.process("info", "--json", COORDINATOR_BOOK=str(school.book)).json["book"] == str(school.book)
    assert school.process("info", "--json").json["book"] == str(school.book)
    shutil.rmtree(school.book)
    assert school.process("info", "--json").json["book"] == str(other)


def test_a_book_without_its_store_json_says_what_to_bring_back_and_is_not_made_anew(school: Program) -> None:
    assert school.book is not None
    (school.book / "store.json").unlink()
    for words in (("members", "list"), ("members", "add", "甲乙"), ("doctor",)):
        answer = school(*words)
        assert answer.code == 6
        assert "backup" in answer.out + answer.err
    assert school("init", str(school.book), "--school", "s", "--group", "g", "--term", "2026-2027-1").code == 6
    assert not (school.book / "store.json").exists()


def test_a_book_without_its_logs_is_not_taken_for_an_empty_one(school: Program) -> None:
    assert school.book is not None
    shutil.rmtree(school.book / "log")
    for words in (("members", "list"), ("members", "add", "甲乙"), ("doctor",), ("doctor", "--repair")):
        answer = school(*words)
        assert answer.code == 6
        assert "log" in answer.out + answer.err
    assert "张三" in (school.book / "data.json").read_text(encoding="utf-8")


def test_edits_of_data_json_by_hand_are_seen_by_the_next_command_whatever_it_is(school: Program) -> None:
    assert school.book is not None
    school.good("info")
    data = school.book / "data.json"
    data.write_text(data.read_text(encoding="utf-8").replace("赵小云", "赵晓云"), encoding="utf-8")
    names = {row["name"] for row in school.good("members", "list", "--json").json}
    assert "赵晓云" in names
    assert "赵小云" not in names
