"""The table of contents: every command's name, the module that holds it, its one sentence; and the global options."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordinator_tui.text import LazyText

LANGUAGES = ("zh", "en")


class GlobalOption(NamedTuple):
    """An option that every command understands; `metavar` None makes it a flag."""

    about: LazyText
    metavar: str | None


GLOBALS: dict[str, GlobalOption] = {
    "book": GlobalOption(lazy("The book (default: COORDINATOR_BOOK, else the one opened last)."), "DIR"),
    "lang": GlobalOption(lazy("Language: zh or en (default: the system's)."), "zh|en"),
    "as": GlobalOption(lazy("Who is acting (default: the login name)."), "NAME"),
    "at": GlobalOption(lazy("Pretend that today is this day."), "DATE"),
    "plain": GlobalOption(lazy("No colour, no rules."), None),
}
"""The options that may stand before or behind the name of any command."""

ABOUT = lazy(
    "Runs a teachers' group: sessions, roll, notes, the term's summary. Without a command it opens the screens."
)
MORE = lazy("The options below may also stand behind a command's name. Every command has its own --help.")
VERSION_ABOUT = lazy("Show the version and exit.")
HELP_ABOUT = lazy("Show this message and exit.")
EXAMPLES = ("coordinator-tui demo", "coordinator-tui roll today --line '张三迟10 李四病 其余到'")


class Entry(NamedTuple):
    """A command: its name, the module in `commands` that holds it, its one sentence."""

    name: str
    module: str
    about: LazyText


SECTIONS: tuple[tuple[LazyText, tuple[Entry, ...]], ...] = (
    (
        lazy("Begin"),
        (
            Entry("demo", "demo", lazy("Make a fictional group with a term of data, and open it.")),
            Entry("init", "init", lazy("Make an empty book.")),
            Entry("info", "info", lazy("Show where everything lies, sizes, versions, and what the day asks for.")),
            Entry("import", "import_", lazy("Take in a file: members, marks, work, sessions.")),
        ),
    ),
    (
        lazy("People and time"),
        (
            Entry("members", "members", lazy("Members: list, show, add, edit, leave, merge ...")),
            Entry("groups", "groups", lazy("Groups and who is in them.")),
            Entry("term", "term", lazy("Terms: add, use, close.")),
            Entry("schedule", "schedule", lazy("Sessions: plan a term, add, move, cancel; the school calendar.")),
            Entry("leave", "leave", lazy("Leave that is known in advance.")),
        ),
    ),
    (
        lazy("The week's work"),
        (
            Entry("roll", "roll", lazy("Take or show the roll of a session.")),
            Entry("work", "work", lazy("Work handed in, checked, owed.")),
            Entry("readings", "readings", lazy("What is recommended to read.")),
        ),
    ),
    (
        lazy("Registers"),
        (
            Entry("trainings", "trainings", lazy("Trainings: who went, hours, report and relay.")),
            Entry("pairs", "pairs", lazy("Mentors and apprentices.")),
            Entry("exchange", "exchange", lazy("Who teaches at another school for a time.")),
            Entry("achievements", "achievements", lazy("Papers, projects, awards: register, check, archive.")),
            Entry("register", "register", lazy("Surveys, relays, awards, contacts and the register's other lines.")),
        ),
    ),
    (
        lazy("The regulation"),
        (
            Entry("rules", "rules", lazy("Rule packs: adopt a regulation, its ledger, its assessment, its hours.")),
            Entry("gaps", "gaps", lazy("Show who still owes what by the rules in force, by due date.")),
        ),
    ),
    (
        lazy("Results"),
        (
            Entry("summary", "summary", lazy("The term's summary of a group or a member.")),
            Entry("export", "export", lazy("Write a list or the roll sheet to a file.")),
            Entry(
                "search",
                "search",
                lazy("Find members, groups, sessions, readings, work and the registers, by text or pinyin."),
            ),
        ),
    ),
    (
        lazy("What happened"),
        (
            Entry("history", "history", lazy("Show who changed what, newest first.")),
            Entry("undo", "undo", lazy("Take back your last step on this machine.")),
            Entry("redo", "redo", lazy("Do again what was taken back last.")),
            Entry("conflicts", "conflicts", lazy("What was written differently in two places.")),
        ),
    ),
    (
        lazy("The book and the program"),
        (
            Entry("settings", "settings", lazy("Show and choose what the book leaves open.")),
            Entry("doctor", "doctor", lazy("Look at every file of the book; ends with 6 if something is damaged.")),
            Entry("compact", "compact", lazy("Tidy up the book's files; nothing that the book says changes.")),
            Entry("backup", "backup", lazy("Put a copy of the book into one zip file.")),
            Entry("restore", "restore", lazy("Make a book of a copy, in a new folder.")),
            Entry(
                "completion", "completion", lazy("Print the script that makes your shell complete commands and names.")
            ),
        ),
    ),
)
"""What the help lists, section by section. A command stands here only when it works."""

ENTRIES = {entry.name: entry for _heading, entries in SECTIONS for entry in entries}


def language_asked_for(args: Sequence[str]) -> str | None:
    """Return the value of --lang wherever it stands, if it is a language of ours; a wrong one is refused later."""
    for index, word in enumerate(args):
        if word == "--":
            return None
        value = None
        if word == "--lang" and index + 1 < len(args):
            value = args[index + 1]
        elif word.startswith("--lang="):
            value = word.removeprefix("--lang=")
        if value is not None and value.partition("_")[0] in {*LANGUAGES, "pseudo"}:
            return value
    return None


def asks_only_for_help(args: Sequence[str]) -> bool:
    """Whether the command line wants the program's own help page and nothing else."""
    rest = list(args)
    for at in reversed(range(len(rest))):
        pair = rest[at : at + 2] if rest[at] == "--lang" else rest[at : at + 1]
        if language_asked_for(pair):
            del rest[at : at + len(pair)]
    return rest in (["--help"], ["-h"])
