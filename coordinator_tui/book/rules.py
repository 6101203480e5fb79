"""Rule packs in a book: adopt, drop, edit, answer what they leave open, see what an upgrade would change.

The school's own copy of a pack is text in the book and travels with it. Nothing here overwrites it unasked.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from coordinator_tui.book.errors import DecisionNeeded, NoSuchThing, Refused
from coordinator_tui.book.shipped import shipped
from coordinator_tui.domain.errors import DomainError
from coordinator_tui.domain.rules.pack import SettingType, Words
from coordinator_tui.store import key_id
from coordinator_tui.text import clean, current_language, fold, gettext, lazy

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.domain.records import AdoptedPack
    from coordinator_tui.domain.rules.pack import Pack, PackSetting
    from coordinator_tui.domain.rules.upgrade import Difference

_SYSTEM = re.compile(r"s\d\d$")
TEMPLATE = "template"
"""Name of the shipped file that is no regulation but a beginning for one's own."""


@dataclass(frozen=True, slots=True)
class PackInBook:
    """A pack that is in force in a book: the document, the pack read from the school's own copy, and its answers."""

    record: AdoptedPack
    pack: Pack

    @property
    def answers(self) -> Mapping[str, Any]:
        """What the school answered, by the setting's key."""
        return self.record.answers

    @property
    def since(self) -> date | None:
        """The day it was adopted."""
        return self.record.adopted_on


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A setting of a pack in force that nobody answered yet."""

    pack: Pack
    setting: PackSetting


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What the shipped pack has that the school's copy has not: in words, and as a unified diff of the two texts.

    `own_changes` says that the school edited its copy, which taking the shipped text would lose.
    """

    pack: str
    differences: tuple[Difference, ...]
    diff: str
    own_changes: bool


# what is shipped


@cache
def shipped_texts() -> Mapping[str, str]:
    """Return the YAML of every shipped pack by id, the regulations first; the template is not among them."""
    files = sorted(shipped("config/rules").glob("*.yaml"), key=lambda file: (not _SYSTEM.match(file.stem), file.stem))
    return {file.stem: file.read_text(encoding="utf-8") for file in files if file.stem != TEMPLATE}


@cache
def shipped_pack(identity: str) -> Pack:
    """Return a shipped pack; NoSuchThing with the ids there are."""
    texts = shipped_texts()
    if identity not in texts:
        raise NoSuchThing(
            lazy("There is no rule pack “{pack}”; there are: {packs}."), pack=identity, packs=", ".join(texts)
        )
    return read(texts[identity], f"{identity}.yaml")


@cache
def shipped_title(identity: str) -> Words:
    """Return the title of a shipped pack without reading all of it: the head of the file says it."""
    import yaml

    text = shipped_texts()[identity]
    title = yaml.safe_load(re.split(r"^(?:settings|clauses):", text, maxsplit=1, flags=re.MULTILINE)[0])["title"]
    return Words(title["zh"], title.get("en", "")) if isinstance(title, dict) else Words(str(title))


def find_shipped(text: str) -> str:
    """Return the id of the shipped pack meant by its id or title; NoSuchThing with the ids there are."""
    wanted = text.strip().lower()
    if wanted in shipped_texts():
        return wanted
    for identity in shipped_texts():
        title = shipped_title(identity)
        if fold(text) in {fold(title.zh), fold(title.en)}:
            return identity
    return shipped_pack(wanted).id


def template_text() -> str:
    """Return the template of one's own regulation."""
    return (shipped("config/rules") / f"{TEMPLATE}.yaml").read_text(encoding="utf-8")


def read(text: str, name: str = "") -> Pack:
    """Return the pack that a text says; Refused with file, line and the nearest valid word."""
    from coordinator_tui.domain.rules.reading import read_pack

    try:
        return read_pack(text, name=name)
    except DomainError as error:
        raise Refused(error.message, **error.params) from None


def say(words: Words) -> str:
    """Return a pack's text in the language in force."""
    return words.say(current_language())


# what is in force


def packs(book: Book) -> list[PackInBook]:
    """Return the packs in force, in the order of their adoption."""
    return book.derived("packs", ("packs",), lambda: _packs(book))


def _packs(book: Book) -> list[PackInBook]:
    found = []
    for record in book.packs.where(lambda pack: bool(pack.text) and pack.dropped_on is None):
        try:
            found.append(PackInBook(record, read_kept(record.text, record.pack)))
        except Refused:  # a newer version's pack, or one edited by hand: `broken` tells of it
            continue
    return sorted(found, key=lambda pack: (str(pack.since or ""), pack.pack.id))


@cache
def read_kept(text: str, name: str) -> Pack:
    """Return the pack of a text as it lies in the book, read once; Refused also where it is of another pack."""
    pack = read(text, f"{name}.yaml")
    _must_be(pack, name)
    return pack


def _must_be(pack: Pack, identity: str) -> None:
    if pack.id != identity:
        raise Refused(
            lazy("The text is of the rule pack “{other}”, not of “{pack}”."),
            other=pack.id,
            pack=identity,
        )


def broken(book: Book) -> list[tuple[str, Refused]]:
    """Return the packs of the book that cannot be read, each with the reason."""
    found = []
    for record in book.packs.where(lambda pack: pack.dropped_on is None):
        try:
            read_kept(record.text, record.pack)
        except Refused as error:
            found.append((record.pack, error))
    return found


def _unreadable(identity: str, error: Refused) -> Refused:
    return Refused(
        lazy(
            "The book's copy of the rule pack “{pack}” cannot be read. {problem} “rules show {pack} --yaml” prints it, "
            "“rules adopt FILE --replace” puts a mended one in its place, “rules drop {pack}” ends it."
        ),
        pack=identity,
        problem=error,
    )


def kept_pack(book: Book, text: str) -> AdoptedPack:
    """Return the document of a pack in force, whether or not its text can be read; errors as of `find_pack`."""
    record = book.packs.find(_document_id(text.strip().lower()))
    if record is not None and record.dropped_on is None:
        return record
    return find_pack(book, text).record


def kept_title(record: AdoptedPack) -> str:
    """Return the title of a pack of the book in the language in force; its id where its text cannot be read."""
    try:
        return say(read_kept(record.text, record.pack).title)
    except Refused:
        return record.pack


def find_pack(book: Book, text: str) -> PackInBook:
    """Return the pack in force meant by its id or title.

    NoSuchThing when there is none, DecisionNeeded when several fit, Refused when the copy in the book cannot be read.
    """
    known = packs(book)
    found = [pack for pack in known if pack.pack.id == text.strip().lower()] or [
        pack for pack in known if fold(text) in {fold(pack.pack.title.zh), fold(pack.pack.title.en)}
    ]
    if len(found) > 1:
        raise DecisionNeeded(
            lazy("“{text}” may be any of these rule packs: {candidates}."),
            text=text,
            candidates=[(pack.record.id, pack.pack.id) for pack in found],
        )
    if not found:
        _not_in_force(book, known, text)
    return found[0]


def _not_in_force(book: Book, known: list[PackInBook], text: str) -> None:
    for identity, error in broken(book):
        if text.strip().lower() in {identity, ""}:
            raise _unreadable(identity, error)
    if not known:
        raise NoSuchThing(
            lazy(
                "No rule pack is in force yet; “rules list” shows those that can be adopted, “rules adopt ID” does it."
            )
        )
    raise NoSuchThing(
        lazy("The rule pack “{text}” is not in force; in force are: {packs}."),
        text=text,
        packs=", ".join(pack.pack.id for pack in known),
    )


# adopting


def adopt(book: Book, identity: str, *, answers: Mapping[str, object] | None = None) -> PackInBook:
    """Put a shipped pack in force; a copy of the school's own that was dropped comes back as it was left.

    Refused when it is in force already; NoSuchThing for an unknown id.
    """
    shipped_pack(identity)
    before = book.packs.find(_document_id(identity))
    text = before.text if before is not None and before.text else shipped_texts()[identity]
    base = before.shipped if before is not None and before.shipped else shipped_texts()[identity]
    try:
        return _adopt(book, text, base, answers or {}, f"{identity}.yaml")
    except Refused as error:
        raise _unreadable(identity, error) if before is not None and _is_broken(before) else error from None


def _is_broken(record: AdoptedPack) -> bool:
    try:
        read_kept(record.text, record.pack)
    except Refused:
        return True
    return False


def adopt_text(
    book: Book, text: str, *, name: str = "", answers: Mapping[str, object] | None = None, replace: bool = False
) -> PackInBook:
    """Put a pack of the school's own in force, or with `replace` let its text take the place of the copy in force.

    Refused for a text that cannot be read, or for a bad answer; the book keeps the pack it had.
    """
    pack = read(text, name)
    if replace and _in_force(book, pack.id):
        return _replace(book, pack, text, answers or {})
    return _adopt(book, text, shipped_texts().get(pack.id), answers or {}, name)


def _in_force(book: Book, identity: str) -> bool:
    record = book.packs.find(_document_id(identity))
    return record is not None and record.dropped_on is None


def _adopt(book: Book, text: str, base: str | None, answers: Mapping[str, object], name: str = "") -> PackInBook:
    pack = read(text, name or "pack")
    if _in_force(book, pack.id):
        raise Refused(
            lazy(
                "The rule pack “{pack}” is in force already; “rules show {pack}” shows it, “rules drop {pack}” ends it."
            ),
            pack=pack.id,
        )
    checked = {key: checked_answer(pack, key, value) for key, value in answers.items()}
    document = _document_id(pack.id)
    fields: dict[str, Any] = {"pack": pack.id, "text": text, "shipped": base, "adopted_on": book.today}
    with book.step("packs.adopt", pack=say(pack.title)):
        if document in book.packs:
            kept = {**book.packs.get(document).answers, **checked}
            book.packs.update(document, dropped_on=None, answers=kept or None, **fields)
        else:
            book.packs.add(document, answers=checked or None, **fields)
    return find_pack(book, pack.id)


def edit(book: Book, identity: str, text: str, *, name: str = "") -> PackInBook:
    """Let the school's copy of a pack in force say something else; Refused when the text cannot be read."""
    record = kept_pack(book, identity)
    pack = read(text, name or f"{identity}.yaml")
    _must_be(pack, record.pack)
    return _replace(book, pack, text, {})


def _replace(book: Book, pack: Pack, text: str, answers: Mapping[str, object]) -> PackInBook:
    document = _document_id(pack.id)
    kept = dict(book.packs.get(document).answers)
    kept.update((key, checked_answer(pack, key, value)) for key, value in answers.items())
    with book.step("packs.edit", pack=say(pack.title)):
        book.packs.update(document, text=text, answers=kept or None)
    return find_pack(book, pack.id)


def drop(book: Book, identity: str) -> AdoptedPack:
    """End a pack, also one whose text cannot be read.

    Its text and answers stay in the book, so that adopting it again brings them back.
    """
    record = kept_pack(book, identity)
    with book.step("packs.drop", pack=kept_title(record)):
        book.packs.update(record.id, dropped_on=book.today)
    return record


def _document_id(identity: str) -> int:
    return key_id("pack", identity)


# what a pack leaves open


def checked_answer(pack: Pack, key: str, value: object) -> object:
    """Return the answer to a setting as it is kept; NoSuchThing for an unknown setting, Refused for a bad answer."""
    from coordinator_tui.domain.rules.numbers import check_answer

    try:
        setting = pack.setting(key)
    except (KeyError, StopIteration):
        keys = ", ".join(setting.key for setting in pack.settings) or "—"
        raise NoSuchThing(
            lazy("The rule pack “{pack}” has no setting “{key}”; it has: {keys}."), pack=pack.id, key=key, keys=keys
        ) from None
    try:
        return check_answer(setting, value)
    except DomainError as error:
        raise Refused(error.message, **error.params) from None


def answer(book: Book, identity: str, key: str, value: object) -> PackInBook:
    """Answer one setting of a pack in force; None takes the answer back."""
    now = find_pack(book, identity)
    kept = dict(now.answers)
    if value is None:
        kept.pop(key, None)
    else:
        kept[key] = checked_answer(now.pack, key, value)
    title = say(now.pack.setting(key).title) if value is not None else key
    with book.step("packs.answer", setting=title, value="" if value is None else value):
        book.packs.update(now.record.id, answers=kept or None)
    return find_pack(book, identity)


def open_questions(book: Book) -> list[OpenQuestion]:
    """Return the settings of the packs in force that must be answered and were not."""
    from coordinator_tui.domain.rules.numbers import missing_settings

    return [
        OpenQuestion(adopted.pack, setting)
        for adopted in packs(book)
        for setting in missing_settings(adopted.pack, adopted.answers)
    ]


def unfit_answers(book: Book) -> list[tuple[OpenQuestion, Refused]]:
    """Return the answers that the pack, edited or decided for since, does not take any more, each with the reason."""
    found = []
    for adopted in packs(book):
        for setting in adopted.pack.settings:
            if setting.key in adopted.answers:
                try:
                    checked_answer(adopted.pack, setting.key, adopted.answers[setting.key])
                except Refused as error:
                    found.append((OpenQuestion(adopted.pack, setting), error))
    return found


_WEEKDAYS = (
    lazy("Monday"), lazy("Tuesday"), lazy("Wednesday"), lazy("Thursday"), lazy("Friday"), lazy("Saturday"),
    lazy("Sunday"),
)  # fmt: skip


def answer_words(setting: PackSetting, answer: object) -> str:
    """Return an answer as people read it: the title of a choice, a percentage, the name of a weekday; "" for none."""
    if answer is None:
        return ""
    titles = {code: say(words) for code, words in setting.choices}
    if str(answer) in titles:
        return titles[str(answer)]
    if setting.type is SettingType.PERCENT and isinstance(answer, int | float):
        return f"{100 * answer:g}%"
    if setting.type is SettingType.WEEKDAY and answer in range(1, 8):
        return str(_WEEKDAYS[int(str(answer)) - 1])
    if setting.type is SettingType.YES_NO:
        return gettext("yes") if answer else gettext("no")
    return str(answer)


def allowed_words(setting: PackSetting) -> str:
    """Return what may be answered, in brackets: choices, bounds, what is suggested."""
    parts = [gettext("{code} = {title}").format(code=code, title=say(words)) for code, words in setting.choices]
    if setting.least is not None and setting.most is not None:
        parts.append(gettext("{least:g} to {most:g}").format(least=setting.least, most=setting.most))
    if setting.suggest is not None:
        parts.append(gettext("suggested: {value}").format(value=answer_words(setting, setting.suggest)))
    return "(" + gettext("; ").join(parts) + ")" if parts else ""


# upgrades


def upgrade_of(book: Book, identity: str) -> Upgrade | None:
    """Return what the pack as shipped now has that the shipped text of the adoption had not; None if nothing.

    Where the shipped text did not change, None, however much the school edited its own copy.
    """
    now = find_pack(book, identity)
    new = shipped_texts().get(now.pack.id)
    if new is None or _as_kept(new) == now.record.shipped:
        return None
    from coordinator_tui.domain.rules.upgrade import differences

    lines = difflib.unified_diff(
        now.record.text.splitlines(), new.splitlines(), f"{identity} (book)", f"{identity} (shipped)", lineterm=""
    )
    return Upgrade(
        pack=now.pack.id,
        differences=tuple(differences(now.pack, shipped_pack(now.pack.id))),
        diff="\n".join(lines),
        own_changes=now.record.text != now.record.shipped,
    )


def _as_kept(text: str) -> str:
    """Return a text as a document holds it, for comparing."""
    return clean(text, lines=True).strip()


def take_upgrade(book: Book, identity: str, *, keep_own: bool = False) -> PackInBook:
    """Take the shipped text in place of the school's copy, or note that the school keeps its own; both are a step."""
    now = find_pack(book, identity)
    new = shipped_texts()[now.pack.id]
    with book.step("packs.upgrade", pack=say(now.pack.title)):
        book.packs.update(now.record.id, shipped=new, text=now.record.text if keep_own else new)
    return find_pack(book, identity)
