"""Books for the store's tests: every test has its own folder and its own memory of replicas."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from coordinator_tui.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "甲组.coord"


@pytest.fixture
def book(folder: Path) -> Store:
    """A new, open book of user li."""
    return Store.create(folder, "甲组", user="li")


@pytest.fixture
def carry() -> Callable[[Store, Store], None]:
    """Lay one machine's logs beside the other's, as a USB stick would, and let the other look."""

    def carry_logs(source: Store, target: Store) -> None:
        for log in (source.folder / "log").iterdir():
            if log.name != target.replica:
                shutil.copytree(log, target.folder / "log" / log.name, dirs_exist_ok=True)
        target.refresh()

    return carry_logs


@pytest.fixture
def twins(tmp_path: Path) -> Callable[[dict[int, dict[str, object]]], tuple[Store, Store]]:
    """Two machines with a copy each of one book that holds `documents` in the table members."""

    def make(documents: dict[int, dict[str, object]]) -> tuple[Store, Store]:
        with Store.create(tmp_path / "here.coord", "甲组", user="li") as first, first.transaction() as work:
            for number, fields in documents.items():
                work.set("members", number, fields)
        shutil.copytree(tmp_path / "here.coord", tmp_path / "there.coord")
        here = Store.open(tmp_path / "here.coord", user="li")
        return here, Store.open(tmp_path / "there.coord", user="wang")

    return make
