"""Draw the pictures of the README from the real program in a real terminal.

Needs Pillow and the fonts of Debian's fonts-noto-cjk beside what the tests need:

    python -m pip install pillow && python docs/pictures/draw.py
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "pty"))

from PIL import Image, ImageDraw, ImageFont  # noqa: E402 - not installed with the program
from terminal import Terminal  # type: ignore[import-not-found] # noqa: E402 - the tests' own terminal

if TYPE_CHECKING:
    from pyte.screens import Char

FONTS = Path("/usr/share/fonts/opentype/noto")
MONO_SC = 7
"""Place of "Noto Sans Mono CJK SC" in the collection."""
CELL, LINE, BASE, SIZE, MARGIN = 12, 30, 23, 24, 18
PAPER, INK = "#1d2021", "#e8e4d9"
COLOURS = {
    "black": "#1d2021",
    "red": "#ff6b5e",
    "green": "#a3be5c",
    "brown": "#e6b450",
    "blue": "#6fa8dc",
    "magenta": "#d3869b",
    "cyan": "#5fb3b3",
    "white": "#e8e4d9",
    "brightblack": "#8f8a80",
    "brightred": "#ff6b5e",
    "brightgreen": "#a3be5c",
    "brightbrown": "#e6b450",
    "brightcyan": "#7fd3d3",
    "brightwhite": "#ffffff",
}
DAY = date(2026, 11, 18)


def colour(name: str, default: str) -> str:
    """Return the colour of a terminal's colour name."""
    return default if name == "default" else COLOURS.get(name, f"#{name}" if len(name) == 6 else default)


def colours(one: Char) -> tuple[str, str]:
    """Return ink and paper of a cell."""
    ink, paper = colour(one.fg, INK), colour(one.bg, PAPER)
    return (paper, ink) if one.reverse else (ink, paper)


def draw(terminal: Terminal, target: Path) -> None:
    """Draw the screen of a terminal cell by cell."""
    columns, lines = terminal.screen.columns, terminal.screen.lines
    picture = Image.new("RGB", (columns * CELL + 2 * MARGIN, lines * LINE + 2 * MARGIN), PAPER)
    pen = ImageDraw.Draw(picture)
    files = [FONTS / f"NotoSansCJK-{weight}.ttc" for weight in ("Regular", "Bold")]
    fonts = [ImageFont.truetype(str(file), SIZE, index=MONO_SC) for file in files]
    cells = [
        (terminal.screen.buffer[y][x], MARGIN + x * CELL, MARGIN + y * LINE)
        for y in range(lines)
        for x in range(columns)
    ]
    for one, x, y in cells:
        if one.reverse or one.bg != "default":
            pen.rectangle((x, y, x + CELL - 1, y + LINE - 1), fill=colours(one)[1])
    for one, x, y in cells:
        if one.data.strip():
            pen.text((x, y + BASE), one.data, font=fonts[one.bold], fill=colours(one)[0], anchor="ls")
        if one.underscore:
            pen.line((x, y + LINE - 2, x + CELL, y + LINE - 2), fill=colours(one)[0])
    picture.save(target, optimize=True)


def show(lang: str, name: str, *keys: str, columns: int = 100, lines: int = 30) -> None:
    """Open the demo group, press keys, and draw what stands there."""
    with tempfile.TemporaryDirectory() as home:
        environment = {"XDG_STATE_HOME": home, "XDG_DATA_HOME": home}
        program = [sys.executable, "-m", "coordinator_tui", "--lang", lang, "--at", DAY.isoformat()]
        program += ["demo", f"{home}/demo.coord"]
        with Terminal(program, columns=columns, lines=lines, environment=environment, cwd=ROOT) as terminal:
            terminal.wait_for("^P")
            terminal.settle(0.5)
            for key in keys:
                terminal.press(key)
                terminal.settle(0.3)
            draw(terminal, ROOT / "docs" / "pictures" / f"{name}.{lang}.png")


LINES = {
    "zh": ":阿依努尔迟10 fhg公(开会) 3病 其余到",
    "en": ":Shi Ganwei late10 Fang Huaigu official(meeting) 3sick rest present",
}

if __name__ == "__main__":
    os.chdir(ROOT)
    for language, line in LINES.items():
        show(language, "roll", "f4", *["1"] * 9, "2", "1", "5", "down", *["1"] * 6)
        show(language, "line", "f4", line)
        show(language, "rules", "7", *["down"] * 14)
