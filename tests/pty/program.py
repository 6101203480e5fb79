"""A small program on the frame, for what must hold on every screen: run in a terminal by the tests beside it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coordinator_tui.tui import launch

if TYPE_CHECKING:
    from coordinator_tui.tui.app import CoordinatorApp


class Kept:
    """A book that writes a line when it is closed, and has news when a file says so."""

    version = 1

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def refresh(self) -> Any:
        news = self.folder / "news"
        came = news.exists()
        if came:
            self.version += 1
            news.unlink()
        return type("Changes", (), {"touched": {"members": {1}} if came else {}})()

    def undo(self) -> None:
        return None

    redo = undo

    def close(self) -> None:
        (self.folder / "closed").write_text("closed", encoding="utf-8")


def make() -> CoordinatorApp:
    from people import People, Today

    from coordinator_tui.text import lazy
    from coordinator_tui.tui.app import CoordinatorApp
    from coordinator_tui.tui.areas import Area
    from coordinator_tui.tui.driver import CellDriver

    areas = (
        Area("members", "1", lazy("Members"), People, "成员", ("1", "f1")),
        Area("today", "2", lazy("Today"), Today, "今日", ("2", "f2")),
    )
    return CoordinatorApp(Kept(Path(os.environ["KEPT"])), areas=areas, driver_class=CellDriver)


if __name__ == "__main__":
    sys.exit(launch.show(make))
