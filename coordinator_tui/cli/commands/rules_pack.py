"""`rules` list, show, adopt, set, drop, check, upgrade, template: the packs themselves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coordinator_tui.cli.common import command, decide, done, force_option, json_option, yes_option
from coordinator_tui.cli.context import Call, pass_call
from coordinator_tui.cli.errors import GAPS
from coordinator_tui.cli.output import ask, emit, emit_facts, emit_json, emit_table, is_terminal, say
from coordinator_tui.cli.shape import argument, option
from coordinator_tui.cli.values import PATH, TEXT
from coordinator_tui.text import gettext as _
from coordinator_tui.text import lazy, ngettext, pgettext

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.rules import PackInBook
    from coordinator_tui.domain.rules.pack import Pack, PackSetting

pack_argument = argument("pack", type=TEXT, about=lazy("The pack's id or title."))


@command("list", lazy("List the rule packs: in force, and those that can be adopted."), "coordinator-tui rules list")
@json_option
@pass_call
def list_packs(call: Call, *, as_json: bool) -> None:
    """Print the packs of the book first, then what is shipped."""
    from coordinator_tui.book import rules

    with call.open(read_only=True) as book:
        rows = list(_pack_rows(book))
        if as_json:
            emit_json(rows)
            return
        lines = [(row["id"], row["title"], row["state"], row["adopted_on"], row["open_settings"]) for row in rows]
        headers = [_("Id"), _("Title"), _("State"), _("Adopted on"), _("Open settings")]
        emit_table([(a, b, _STATES[c], d, e or "") for a, b, c, d, e in lines], headers, plain=call.plain)
        for name, error in rules.broken(book):
            say(_("{pack}: {error}").format(pack=name, error=error))


_STATES = {"in_force": lazy("in force"), "available": lazy("can be adopted")}


def _pack_rows(book: Book) -> Iterator[dict[str, Any]]:
    from coordinator_tui.book import rules

    open_ = [question.pack.id for question in rules.open_questions(book)]
    known = rules.packs(book)
    for each in known:
        yield _pack_row(each.pack.id, rules.say(each.pack.title), each.since, open_.count(each.pack.id))
    for identity in rules.shipped_texts():
        if identity not in {each.pack.id for each in known}:
            yield _pack_row(identity, rules.say(rules.shipped_title(identity)), None, 0)


def _pack_row(identity: str, title: str, since: date | None, open_settings: int) -> dict[str, Any]:
    state = "in_force" if since else "available"
    return {"id": identity, "title": title, "state": state, "adopted_on": since, "open_settings": open_settings}


@command(
    "show",
    lazy("Show a rule pack: where it comes from, its clauses, what they ask for, what it leaves open."),
    "coordinator-tui rules show s19",
    "coordinator-tui rules show s19 --yaml > s19.yaml",
)
@pack_argument
@option("--yaml", "as_yaml", is_flag=True, about=lazy("Print the pack's own text, to edit it."))
@json_option
@pass_call
def show(call: Call, pack: str, *, as_yaml: bool, as_json: bool) -> None:
    """Print a pack, the school's copy if it is in force."""
    with call.open(read_only=True) as book:
        if as_yaml:
            emit(_any_text(book, pack).rstrip("\n"))
            return
        chosen, answers = _any_pack(book, pack)
        if as_json:
            emit_json(_pack_json(chosen, answers))
        else:
            _print_pack(call, chosen, answers)


def _any_text(book: Book, text: str) -> str:
    """Return the text of a pack in force, readable or not, or of a shipped one."""
    from coordinator_tui.book import rules
    from coordinator_tui.book.errors import NoSuchThing

    try:
        return rules.kept_pack(book, text).text
    except NoSuchThing:
        return rules.shipped_texts()[rules.find_shipped(text)]


def _any_pack(book: Book, text: str) -> tuple[Pack, dict[str, Any]]:
    """Return a pack in force with its answers, or a shipped one."""
    from coordinator_tui.book import rules
    from coordinator_tui.book.errors import NoSuchThing

    try:
        found = rules.find_pack(book, text)
    except NoSuchThing:
        return rules.shipped_pack(rules.find_shipped(text)), {}
    return found.pack, dict(found.answers)


def _pack_json(pack: Pack, answers: dict[str, Any]) -> dict[str, Any]:
    from coordinator_tui.book.rules import say as said
    from coordinator_tui.domain.rules.phrases import describe

    return {
        "id": pack.id,
        "title": said(pack.title),
        "source": said(pack.source),
        "applies": said(pack.applies),
        "version": pack.version,
        "settings": [
            {"key": x.key, "title": said(x.title), "why": said(x.why), "type": x.type, "answer": answers.get(x.key)}
            for x in pack.settings
        ],
        "clauses": [
            {
                "id": clause.id,
                "text": said(clause.text),
                "requirements": [
                    {"key": x.key, "title": said(x.title), "rule": describe(x, answers)} for x in clause.requirements
                ],
                "series": [{"id": x.id, "title": said(x.title)} for x in clause.cadences],
                "reminders": [said(x) for x in clause.remind],
                "data": sorted(clause.data),
            }
            for clause in pack.clauses
        ],
        "assessments": [{"id": x.id, "title": said(x.title)} for x in pack.assessments],
    }


def _print_pack(call: Call, pack: Pack, answers: dict[str, Any]) -> None:
    from coordinator_tui.book.rules import say as said
    from coordinator_tui.domain.rules.phrases import describe

    emit_facts(((_("Id"), pack.id), (_("Title"), said(pack.title)), (_("Source"), said(pack.source)),
                (_("Applies to"), said(pack.applies))))  # fmt: skip
    for clause in pack.clauses:
        emit("\n" + _("Clause {number}").format(number=clause.id) + "  " + said(clause.text))
        for requirement in clause.requirements:
            emit(f"  · {said(requirement.title)}: {describe(requirement, answers)}  [{requirement.key}]")
        for cadence in clause.cadences:
            emit("  · " + _("series to plan") + f": {said(cadence.title)}  [{cadence.id}]")
        for words in clause.remind:
            emit("  · " + _("reminder") + f": {said(words)}")
    if pack.settings:
        emit("\n" + _("What the school has to say"))
        rows = [(x.key, said(x.title), _answer_text(x, answers.get(x.key)), said(x.why)) for x in pack.settings]
        emit_table(rows, [_("Key"), _("Setting"), _("Answer"), _("Why it is asked")], plain=call.plain)


def _answer_text(setting: PackSetting, answer: object) -> str:
    from coordinator_tui.book.rules import answer_words

    return answer_words(setting, answer)


@command(
    "adopt",
    lazy("Put a rule pack in force: a shipped one by its id, or the school's own from a YAML file."),
    "coordinator-tui rules adopt s19 --set notes_per_term=5",
    "coordinator-tui rules adopt 本校制度.yaml",
    "coordinator-tui rules adopt s19-本校.yaml --replace",
)
@argument("pack", type=TEXT, about=lazy("The pack's id or title, or a YAML file."))
@option(
    "--set", "answers", metavar="KEY=VALUE", multiple=True, type=TEXT, about=lazy("Answer what the pack leaves open.")
)
@option("--replace", is_flag=True, about=lazy("Let the file take the place of the copy in force."))
@json_option
@pass_call
def adopt(call: Call, pack: str, answers: tuple[str, ...], *, replace: bool, as_json: bool) -> None:
    """Adopt a pack; on a terminal what it leaves open is asked for."""
    from coordinator_tui.book import rules

    given = dict(_pair(text) for text in answers)
    with call.open() as book:
        if Path(pack).suffix in {".yaml", ".yml"} or pack == "-":
            from coordinator_tui.cli.files import read_text

            adopted = rules.adopt_text(book, read_text(pack), name=Path(pack).name, answers=given, replace=replace)
        else:
            adopted = rules.adopt(book, rules.find_shipped(pack), answers=given)
        adopted = _ask_open(book, adopted)
        done(_("In force: {pack}.").format(pack=rules.say(adopted.pack.title)))
        _tell_open(book, adopted)
        if as_json:
            emit_json(_pack_json(adopted.pack, dict(adopted.answers)))


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.replace("＝", "=").partition("=")
    if not sign or not key.strip():
        raise click.UsageError(_("“{text}” is not KEY=VALUE").format(text=text))
    return key.strip(), value.strip()


def _ask_open(book: Book, adopted: PackInBook) -> PackInBook:
    """Ask on the terminal for each setting that is open; an empty line leaves it open."""
    import sys

    from coordinator_tui.book import rules
    from coordinator_tui.book.errors import Refused

    for question in [each for each in rules.open_questions(book) if each.pack.id == adopted.pack.id]:
        while is_terminal(sys.stdin):
            say(f"{rules.say(question.setting.title)} — {rules.say(question.setting.why)}")
            typed = ask(f"{question.setting.key} {rules.allowed_words(question.setting)}: ").strip()
            try:
                adopted = rules.answer(book, adopted.pack.id, question.setting.key, typed) if typed else adopted
                break
            except Refused as error:
                say(str(error))
    return adopted


def _tell_open(book: Book, adopted: PackInBook) -> None:
    from coordinator_tui.book import rules

    left = [each.setting for each in rules.open_questions(book) if each.pack.id == adopted.pack.id]
    if left:
        say(
            ngettext(
                "{count} setting is open: {keys}. Answer with “rules set {pack} KEY=VALUE”.",
                "{count} settings are open: {keys}. Answer with “rules set {pack} KEY=VALUE”.",
                len(left),
            ).format(count=len(left), keys=", ".join(setting.key for setting in left), pack=adopted.pack.id)
        )


@command(
    "set",
    lazy("Answer what a pack in force leaves open; an empty value takes the answer back."),
    "coordinator-tui rules set s19 notes_per_term=5",
)
@pack_argument
@argument("answers", metavar="KEY=VALUE", nargs=-1, required=True, type=TEXT, about=lazy("Setting and value."))
@pass_call
def set_answer(call: Call, pack: str, answers: tuple[str, ...]) -> None:
    """Answer settings, all or none."""
    from coordinator_tui.book import rules

    pairs = [_pair(text) for text in answers]
    with call.open() as book:
        adopted = rules.find_pack(book, pack)
        for key, value in pairs:
            if value:
                rules.checked_answer(adopted.pack, key, value)
        told = ", ".join(key for key, _value in pairs)
        with book.step("packs.answer", setting=told, value=", ".join(value for _key, value in pairs)):
            for key, value in pairs:
                adopted = rules.answer(book, adopted.pack.id, key, value or None)
        for key, _value in pairs:
            setting = adopted.pack.setting(key)
            answer = _answer_text(setting, adopted.answers.get(key)) or pgettext("setting", "open")
            done(f"{rules.say(setting.title)}: {answer}")


@command(
    "drop",
    lazy("End a rule pack; its text and answers are kept, adopting it again brings them back."),
    "coordinator-tui rules drop s14",
)
@pack_argument
@yes_option
@pass_call
def drop(call: Call, pack: str, *, yes: bool) -> None:
    """Drop a pack."""
    from coordinator_tui.book import rules

    with call.open() as book:
        found = rules.kept_pack(book, pack)
        title = rules.kept_title(found)
        question = _("End the rule pack “{pack}”? Its gaps and its ledger disappear; no record is touched.")
        if decide(question.format(pack=title), yes=yes):
            rules.drop(book, found.pack)
            done(_("Not in force any more: {pack}.").format(pack=title))


@command(
    "check",
    lazy("Check a YAML file, or what is in force: open settings, unreadable packs, newer shipped versions."),
    "coordinator-tui rules check 本校制度.yaml",
    "coordinator-tui rules check",
)
@argument("file", required=False, type=PATH, about=lazy("A YAML file that is not in force yet."))
@pass_call
@click.pass_context
def check(ctx: click.Context, call: Call, file: str | None) -> None:
    """Check; ends with 3 for a file with errors, with 8 when something is open."""
    if file:
        ctx.exit(_check_file(file))
    from coordinator_tui.book import rules

    with call.open(read_only=True) as book:
        problems = [f"{name}: {error}" for name, error in rules.broken(book)]
        for question in rules.open_questions(book):
            sentence = _("{pack}: “{setting}” is open: {why}")
            problems.append(
                sentence.format(
                    pack=question.pack.id, setting=question.setting.key, why=rules.say(question.setting.why)
                )
            )
        for question, error in rules.unfit_answers(book):
            sentence = _("{pack}: the answer to “{setting}” does not fit any more: {error}")
            problems.append(sentence.format(pack=question.pack.id, setting=question.setting.key, error=error))
        newer = [each.pack.id for each in rules.packs(book) if rules.upgrade_of(book, each.pack.id)]
        for line in problems:
            emit(line)
        for name in newer:
            say(_("{pack}: a newer version is shipped; “rules upgrade {pack}” shows what changed.").format(pack=name))
        if problems:
            ctx.exit(GAPS)
        done(_("Nothing is open."))


def _check_file(file: str) -> int:
    from coordinator_tui.cli.errors import REFUSED
    from coordinator_tui.cli.files import read_text
    from coordinator_tui.domain.rules.reading import check_pack

    problems = check_pack(read_text(file), name=Path(file).name)
    for problem in problems:
        say(str(problem))
    if not problems:
        done(_("{file} can be adopted.").format(file=Path(file).name))
    return REFUSED if problems else 0


@command(
    "upgrade",
    lazy("Show what a newer shipped version of a pack changes; nothing is overwritten unless asked."),
    "coordinator-tui rules upgrade s19",
    "coordinator-tui rules upgrade s19 --take",
)
@pack_argument
@option("--take", is_flag=True, about=lazy("Take the shipped text in place of the school's copy."))
@option("--keep", is_flag=True, about=lazy("Keep the school's copy and do not ask again."))
@yes_option
@pass_call
def upgrade(call: Call, pack: str, *, take: bool, keep: bool, yes: bool) -> None:
    """Show, take or put aside an upgrade."""
    from coordinator_tui.book import rules

    with call.open(read_only=not (take or keep)) as book:
        found = rules.find_pack(book, pack)
        news = rules.upgrade_of(book, found.pack.id)
        if news is None:
            done(_("The shipped version of {pack} has not changed since it was adopted.").format(pack=found.pack.id))
            return
        for difference in news.differences:
            emit(str(difference))
        emit(news.diff)
        question = _("Take the shipped text? What the school changed in its copy is lost (undo brings it back).")
        if take and (not news.own_changes or decide(question, yes=yes)):
            rules.take_upgrade(book, found.pack.id)
            done(_("Upgraded: {pack}.").format(pack=found.pack.id))
        elif keep:
            rules.take_upgrade(book, found.pack.id, keep_own=True)
            done(_("The school's copy of {pack} is kept.").format(pack=found.pack.id))


@command(
    "template",
    lazy("Write the template for a regulation of one's own, with comments."),
    "coordinator-tui rules template -o 本校制度.yaml",
)
@option("--output", "-o", metavar="FILE", type=PATH, default="-", about=lazy("Write to a file; - is standard output."))
@force_option
def template(output: str, *, force: bool) -> None:
    """Write the template."""
    from coordinator_tui.book.rules import template_text
    from coordinator_tui.cli.files import deliver

    deliver(template_text().encode(), output, "text", force=force)


COMMANDS = [list_packs, show, adopt, set_answer, drop, check, upgrade, template]
