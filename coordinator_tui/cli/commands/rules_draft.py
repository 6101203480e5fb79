"""`rules draft`: a pasted regulation becomes a draft of a rule pack; a person confirms what was found."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from coordinator_tui.cli.common import command, done, force_option, json_option, yes_option
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.errors import DECISION_NEEDED, NO_SUCH_THING, CommandError
from coordinator_tui.cli.output import ask, emit, emit_json, emit_table, is_terminal, say
from coordinator_tui.cli.shape import argument, option
from coordinator_tui.cli.values import PATH, TEXT
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coordinator_tui.domain.rules.draft_parts import Draft, DraftClause, Proposal

    Accepted = dict[str, float | None]
    """Ids of the proposals that a person took over: None as they were read, or the number that was set."""

MORE = lazy(
    "Text, Markdown, docx and copied web pages are understood. Pinyin in brackets, Traditional characters and what a"
    " site put around the text are cleaned away; several regulations in one file become one pack each (FILE-1.yaml,"
    " FILE-2.yaml). A number that the text lost is never made up: it becomes a setting, and a comment says so. With -o"
    " on a terminal every proposal is asked about; --yes takes all of them over."
)


@command(
    "draft",
    lazy("Make a draft of a rule pack from a regulation as it was pasted."),
    "coordinator-tui rules draft 学习制度.txt",
    "coordinator-tui rules draft 学习制度.docx -o our-rules.yaml",
    "coordinator-tui rules draft 合集.txt --part 19 --id our-study -o our-study.yaml --yes",
    more=MORE,
)
@argument("file", type=PATH, about=lazy("The regulation; - is standard input."))
@option("-o", "--output", metavar="FILE", type=PATH, about=lazy("Where to write the pack; - is standard output."))
@option("--id", "identity", metavar="ID", type=TEXT, about=lazy("The pack's id (default: the file's name)."))
@option("--part", metavar="N", type=int, about=lazy("Only this one of several regulations."))
@yes_option
@force_option
@json_option
@pass_call
def draft_pack(
    call: Call, file: str, *, output: str | None, identity: str | None, part: int | None, yes: bool, force: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Read, show, confirm, write."""
    draft = _read(file, identity)
    parts = _chosen(draft, part)
    _narrate(draft, file)
    asks = output is not None and not yes and is_terminal(sys.stdin) and not as_json
    if not asks and output != "-" and not as_json:
        _print(call, draft, parts)
    written: list[str] = []
    if output is not None and (yes or asks):
        _check_output(draft, parts, output, force=force)
        accepted = _asked(draft, parts) if asks else _everything(draft)
        if accepted is not None:
            written = _write(draft, parts, accepted, output, force=force)
    if as_json and output != "-":
        _emit_json(draft, file, written)
    if output is not None and not yes and not asks:
        raise CommandError(_undecided(draft, output), DECISION_NEEDED)


COMMAND = draft_pack


def _read(file: str, identity: str | None) -> Draft:
    from coordinator_tui.cli.files import read_bytes
    from coordinator_tui.imports.regulation import read_draft

    name = "draft" if file == "-" else Path(file).stem
    return read_draft(read_bytes(file) if file == "-" else Path(file).expanduser(), id=identity or name)


def _chosen(draft: Draft, part: int | None) -> list[int]:
    """Return the numbers of the regulations that are wanted."""
    count = len(draft.regulations)
    if part is None:
        return list(range(1, count + 1))
    if not 1 <= part <= count:
        sentence = ngettext(
            "There is no part {part}; the text has {count} regulation.",
            "There is no part {part}; the text has {count} regulations.",
            count,
        )
        raise CommandError(sentence.format(part=part, count=count), NO_SUCH_THING)
    return [part]


def _narrate(draft: Draft, file: str) -> None:
    from coordinator_tui.book.draft_words import removed_text

    removed = removed_text(draft)
    if removed:
        say(_("Cleaned away in {file}: {removed}.").format(file=file, removed=removed))
    regulations, proposals = len(draft.regulations), len(draft.proposals)
    flagged = sum(bool(proposal.flags) for proposal in draft.proposals)
    doubts = sum(len(clause.doubts) for clause in draft.clauses)
    sentence = _(
        "Found: regulations {regulations}, proposals {proposals}, to confirm {flagged}, doubtful places {doubts}."
    )
    say(sentence.format(regulations=regulations, proposals=proposals, flagged=flagged, doubts=doubts))


def _print(call: Call, draft: Draft, parts: list[int]) -> None:
    from coordinator_tui.cli.draft_view import headers, table_rows

    for number in parts:
        regulation = draft.regulations[number - 1]
        if len(draft.regulations) > 1:
            heading = _("{number}. {title} (line {line})")
            emit("\n" + heading.format(number=number, title=regulation.title, line=regulation.line))
        rows = list(table_rows(regulation))
        if rows:
            emit_table(rows, headers(), plain=call.plain)
        else:
            emit(_("No numbers, dates or periods were found in it."))


def _emit_json(draft: Draft, file: str, written: list[str]) -> None:
    from coordinator_tui.cli.draft_view import draft_json

    emit_json(draft_json(draft, file, written))


def _undecided(draft: Draft, output: str) -> str:
    count = len(draft.proposals)
    sentence = ngettext(
        "{count} proposal waits for a decision, and nothing was written to {file}. Run it on a terminal to be asked, or"
        " repeat with --yes: what is to confirm then becomes a setting.",
        "{count} proposals wait for a decision, and nothing was written to {file}. Run it on a terminal to be asked, or"
        " repeat with --yes: what is to confirm then becomes a setting.",
        count,
    )
    return sentence.format(count=count, file=output)


# --- asking --------------------------------------------------------------------------------------------------------

_SKIP = frozenset({"s", "skip", "n", "no", "跳过", "不", "否"})
_TAKE = frozenset({"", "y", "yes", "是", "好"})
_ALL = frozenset({"a", "all", "全部"})
_QUIT = frozenset({"q", "quit", "退出"})


class _LeaveError(Exception):
    """The person wants no more questions, and nothing written."""


class _AllError(Exception):
    """The person takes over what is left."""


def _everything(draft: Draft) -> Accepted:
    return dict.fromkeys((proposal.id for proposal in draft.proposals), None)


def _asked(draft: Draft, parts: list[int]) -> Accepted | None:
    """Ask clause by clause; None when the person leaves."""
    accepted: Accepted = {}
    waiting = [each for number in parts for each in _with_title(draft, number)]
    try:
        for place, (heading, clause) in enumerate(waiting):
            if heading:
                say("")
                say(f"=== {heading} ===")
            _show(clause)
            try:
                _ask_clause(clause, accepted)
            except _AllError:
                later = [clause, *(each for _heading, each in waiting[place + 1 :])]
                rest = [proposal.id for each in later for proposal in each.proposals]
                accepted.update({each: None for each in rest if each not in accepted})
                break
    except _LeaveError:
        say(_("Nothing was written."))
        return None
    return {key: value for key, value in accepted.items() if value != _SKIPPED}


_SKIPPED = -1.0
"""Mark of a proposal that was asked about and is not wanted."""


def _with_title(draft: Draft, number: int) -> Iterator[tuple[str, DraftClause]]:
    regulation = draft.regulations[number - 1]
    heading = regulation.title if len(draft.regulations) > 1 else ""
    for clause in regulation.clauses:
        if clause.proposals or clause.doubts:
            yield heading, clause
            heading = ""


def _show(clause: DraftClause) -> None:
    from coordinator_tui.domain.rules.draft_parts import FLAG_TITLES

    say("")
    say(_("Clause {clause}, line {line}: {text}").format(clause=clause.id, line=clause.line, text=clause.text))
    for doubt in clause.doubts:
        say(f"  ! {FLAG_TITLES[doubt.flag]}: {doubt.words}")


def _ask_clause(clause: DraftClause, accepted: Accepted) -> None:
    from coordinator_tui.book.draft_words import flags_text, read_as

    for proposal in clause.proposals:
        say(f"  “{proposal.words}” → {read_as(proposal)}")
        if proposal.flags:
            say(f"  ? {flags_text(proposal.flags)}")
        accepted[proposal.id] = _answer(proposal)


def _answer(proposal: Proposal) -> float | None:
    from coordinator_tui.book.rule_draft import typed_number

    question = _("Take it over? [Enter] yes, s skip, a number to set it, a all that is left, q quit: ")
    if proposal.flags:
        question = _("[Enter] keep it as a setting, s skip, a number to set it, a all that is left, q quit: ")
    while True:
        typed = ask(f"  {question}").strip().casefold()
        if typed in _TAKE:
            return None
        if typed in _SKIP:
            return _SKIPPED
        if typed in _ALL:
            raise _AllError
        if typed in _QUIT:
            raise _LeaveError
        number = typed_number(typed, proposal)
        if number is not None:
            return number
        say("  " + _("“{typed}” is none of these.").format(typed=typed))


# --- writing -------------------------------------------------------------------------------------------------------


def _check_output(draft: Draft, parts: list[int], output: str, *, force: bool) -> None:
    """Refuse before anything is asked what could not be written."""
    from coordinator_tui.exports.save import FileIsThere

    for target in [] if force or output == "-" else _targets(parts, output):
        path = Path(target).expanduser()
        if path.exists():
            raise FileIsThere(path)
    if output == "-" and len(parts) > 1:
        titles = [f"{number}. {draft.regulations[number - 1].title}" for number in parts]
        sentence = _("The text holds {count} regulations, and standard output takes one: choose it with --part N.")
        raise CommandError("\n  ".join([sentence.format(count=len(parts)), *titles]), DECISION_NEEDED)


def _targets(parts: list[int], output: str) -> list[str]:
    """Return a file for each regulation: the one that was named, or that name with numbers."""
    if len(parts) == 1:
        return [output]
    path = Path(output)
    return [str(path.with_name(f"{path.stem}-{number}{path.suffix or '.yaml'}")) for number in parts]


def _write(
    draft: Draft, parts: list[int], accepted: Mapping[str, float | None], output: str, *, force: bool
) -> list[str]:
    from coordinator_tui.book.rule_draft import pack_text
    from coordinator_tui.exports.save import save

    written = []
    for number, target in zip(parts, _targets(parts, output), strict=True):
        identity = draft.id if len(parts) == 1 else f"{draft.id}-{number}"
        text = pack_text(draft, accepted, number, id=identity, name=target)
        save(text.encode(), target, force=force)
        if target != "-":
            done(_("Written: {file}").format(file=target))
            written.append(target)
    return written
