"""Files are written whole or not at all, and never over others unless told to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coordinator_tui.book.errors import NoSuchThing, Refused
from coordinator_tui.exports.save import FileIsThere, NotWritten, file_name, safe_name, save


def test_a_file_with_a_chinese_name_is_written(tmp_path: Path) -> None:
    target = tmp_path / "考勤表-语文教研组-2026-2027-1.xlsx"
    assert save(b"content", target) == target
    assert target.read_bytes() == b"content"
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_file_that_is_there_is_left_alone_and_the_sentence_says_force(tmp_path: Path) -> None:
    target = tmp_path / "总结.md"
    target.write_bytes(b"mine")
    with pytest.raises(FileIsThere, match="--force") as refusal:
        save(b"new", target)
    assert refusal.value.exit_code == 3
    assert refusal.value.path == target
    assert target.read_bytes() == b"mine"
    save(b"new", target, force=True)
    assert target.read_bytes() == b"new"


def test_a_link_that_leads_nowhere_counts_as_being_there(tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "nowhere.csv")
    with pytest.raises(FileIsThere):
        save(b"new", link)
    assert not (tmp_path / "nowhere.csv").exists()


def test_force_writes_through_a_link_and_keeps_it(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_bytes(b"old")
    link.symlink_to(real)
    save(b"new", link, force=True)
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoSuchThing, match="no folder"):
        save(b"x", tmp_path / "没有" / "总结.md")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is a folder"):
        save(b"x", tmp_path, force=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(NotWritten):
        save(b"x", tmp_path / "a.csv")
    tmp_path.chmod(0o700)


def test_nothing_is_left_where_the_disk_is_full() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with pytest.raises(NotWritten):
        save(b"x" * 100_000, "/dev/full")


def test_a_name_too_long_for_the_system_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotWritten):
        save(b"x", tmp_path / ("长" * 200 + ".csv"))
    assert list(tmp_path.iterdir()) == []


def test_new_files_have_the_permissions_that_the_user_gives_to_new_files(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        save(b"x", tmp_path / "a.csv")
    finally:
        os.umask(before)
    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o640


def test_a_dash_is_standard_output() -> None:
    program = "from coordinator_tui.exports.save import save; assert save(b'PK\\x00\\xff', '-') is None"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert run.stdout == b"PK\x00\xff"


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("考勤表", "语文教研组", "2026-2027-1"), "考勤表-语文教研组-2026-2027-1.xlsx"),
        (("a/b", "c:d\\e", ""), "a-b-c-d-e.xlsx"),
        (("..", "x"), "x.xlsx"),
        (("\x00",), "export.xlsx"),
        (("CON",), "CON_.xlsx"),
        (("-rf",), "rf.xlsx"),
    ],
)
def test_names_are_made_safe_for_any_file_system(parts: tuple[str, ...], name: str) -> None:
    assert file_name(*parts, suffix=".xlsx") == name


def test_a_long_name_is_cut_between_characters() -> None:
    name = safe_name("教研组" * 100)
    assert len(name.encode()) <= 180
    assert name == ("教研组" * 100)[: len(name)]
