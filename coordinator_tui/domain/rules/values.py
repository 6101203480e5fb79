"""What may stand after a key of a pack: texts, numbers, words of closed lists; each reads, and says its schema."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from coordinator_tui.domain.rules import numbers
from coordinator_tui.domain.rules.pack import Words
from coordinator_tui.domain.rules.packerror import PackError, hint, unknown_key
from coordinator_tui.domain.rules.tree import Items, Keyed, Scalar
from coordinator_tui.text import clean, lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coordinator_tui.domain.rules.notes import Notes
    from coordinator_tui.domain.rules.tree import Node
    from coordinator_tui.domain.rules.words import WordList
    from coordinator_tui.text import LazyText

ID = r"[\w][\w.-]*"
"""Ids: letters of any script, digits, hyphens and underscores; no blank, no stroke (keys are "pack/clause/id")."""

A_TEXT = lazy("a text")
A_LIST = lazy("a list")
KEYS = lazy("keys with values")
A_NUMBER = lazy("a number")
A_WHOLE_NUMBER = lazy("a whole number")
YES_OR_NO = lazy("true or false")
_NON_ASCII = {"type": "string", "pattern": "[^\\u0000-\\u007f]"}


class Value(Protocol):
    """What may stand after a key."""

    def read(self, node: Node, key: str, notes: Notes) -> Any:  # noqa: ANN401 - whatever the key means
        """Return the value; PackError for one mistake, NotedError when they were noted already."""
        ...

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the value."""
        ...


def shown(node: Node) -> str:
    """Return a node as a message quotes it."""
    if isinstance(node, Scalar):
        return node.text
    return "[…]" if isinstance(node, Items) else "{…}"


def wrong(node: Node, key: str, wanted: LazyText) -> PackError:
    """Return the mistake of a value that is of another sort than the key needs."""
    if isinstance(node, Scalar) and node.empty:
        return PackError(lazy("“{key}” has no value; it needs {wanted}."), line=node.line, key=key, wanted=wanted)
    if isinstance(node, Scalar) and "：" in node.text and wanted is KEYS:
        return PackError(
            lazy("“{found}” has the wide colon “：”; after a key stands “:” with a space."),
            line=node.line, key=key, found=node.text,
        )  # fmt: skip
    return PackError(
        lazy("“{key}” must be {wanted}, not “{found}”."), line=node.line, key=key, found=shown(node), wanted=wanted
    )


def scalar(node: Node, key: str, wanted: LazyText) -> Scalar:
    """Return a node that is one value; PackError otherwise."""
    if not isinstance(node, Scalar) or node.empty:
        raise wrong(node, key, wanted)
    return node


def pairs(node: Node, key: str, notes: Notes) -> Iterator[tuple[Scalar, Node]]:
    """Yield keys with values, each key once; what stands twice is noted. PackError for what has no keys."""
    if not isinstance(node, Keyed):
        raise wrong(node, key, KEYS)
    seen: dict[str, int] = {}
    for name, value in node.pairs:
        if name.text in seen:
            notes.add(
                PackError(
                    lazy("the key “{found}” stands in line {first} already; a key stands once."),
                    line=name.line,
                    key=key,
                    found=name.text,
                    first=seen[name.text],
                )
            )
        else:
            seen[name.text] = name.line
            yield name, value


def unknown(text: str, line: int, key: str, words: WordList) -> NoReturn:
    """Raise the mistake of a word that a list does not know, with the nearest that it knows."""
    near, tail = hint(text, words.offered())
    if not near:
        near, tail = hint(text, words.near())
        if not near:
            tail = hint("", words.offered())[1]
    raise PackError(
        lazy("“{key}”: there is no {list} “{found}”; {hint}"),
        line=line, key=key, found=text, nearest=near, list=words.name, hint=tail,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text on one line, or several."""

    lines: bool = False

    def read(self, node: Node, key: str, _notes: Notes) -> str:
        """Return the text, cleaned of what is invisible."""
        text = clean(scalar(node, key, A_TEXT).text, lines=self.lines).strip()
        if not text:
            raise PackError(lazy("“{key}” has no value; it needs {wanted}."), line=node.line, key=key, wanted=A_TEXT)
        return text

    def schema(self) -> dict[str, Any]:
        """Texts that YAML would read as numbers or dates are texts too."""
        return {"type": ["string", "number"], "minLength": 1}


@dataclass(frozen=True, slots=True)
class Both:
    """A text in Chinese and English, or in Chinese alone."""

    def read(self, node: Node, key: str, notes: Notes) -> Words:
        """Return both; the Chinese has to be there."""
        if isinstance(node, Scalar):
            return Words(Text(lines=True).read(node, key, notes))
        if not isinstance(node, Keyed):
            raise wrong(node, key, A_TEXT)
        found: dict[str, str] = {}
        for name, value in pairs(node, key, notes):
            if name.text not in {"zh", "en"}:
                raise _in_both(name, value, key)
            if name.text == "zh" or not (isinstance(value, Scalar) and value.empty):
                found[name.text] = Text(lines=True).read(value, f"{key}: {name.text}", notes)
        if "zh" not in found:
            raise PackError(MISSING_KEY, line=node.line, key="zh", place=key)
        return Words(found["zh"], found.get("en", ""))

    def schema(self) -> dict[str, Any]:
        """Refer to the one definition of all texts."""
        return {"$ref": "#/$defs/words"}


def _in_both(name: Scalar, value: Node, key: str) -> PackError:
    """Return the mistake of a third key beside zh and en: mostly a comma that was meant to be part of a text."""
    if isinstance(value, Scalar) and value.empty:
        return PackError(
            lazy("“{key}”: a text with a comma needs quotation marks inside {{ }}; “{found}” looks like its rest."),
            line=name.line,
            key=key,
            found=name.text,
        )
    return unknown_key(name.text, name.line, key, ("zh", "en"))


MISSING_KEY = lazy("“{place}” lacks “{key}”.")

CLAUSE_ID = r"[^\s/@][^/@]*"
PACK_ID = r"[a-z0-9-]+"
_NO_ID = {
    ID: lazy("“{key}”: “{found}” cannot be an id; an id has letters, digits and hyphens, and no blanks."),
    CLAUSE_ID: lazy("“{key}”: “{found}” cannot be a clause's number; it is short and has neither “/” nor “@”."),
    PACK_ID: lazy("“{key}”: “{found}” cannot be a pack's id; it has only small letters a–z, digits and hyphens."),
}


@dataclass(frozen=True, slots=True)
class Named:
    """An id: `names` says of what, and that it is its only one; `refers` says what else in the pack is meant."""

    pattern: str = ID
    names: str = ""
    refers: str = ""

    def read(self, node: Node, key: str, notes: Notes) -> str:
        """Return the id; whether it is the only one, or is there at all, is for the notes."""
        text = scalar(node, key, A_TEXT).text.strip()
        if not re.fullmatch(self.pattern, text) or len(text) > 60:
            raise PackError(_NO_ID[self.pattern], line=node.line, key=key, found=text)
        if self.names:
            notes.name(self.names, text, node.line)
        if self.refers:
            notes.want(self.refers, text, node.line)
        return text

    def schema(self) -> dict[str, Any]:
        """Take a number as an id too."""
        return {"type": ["string", "integer"], "pattern": f"^{self.pattern}$"}


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    def read(self, node: Node, key: str, _notes: Notes) -> bool:
        """Return it; yes, no, 是 and 否 will do."""
        answer = numbers.read_yes_no(scalar(node, key, YES_OR_NO).text)
        if answer is None:
            raise wrong(node, key, YES_OR_NO)
        return answer

    def schema(self) -> dict[str, Any]:
        """YAML's own words, or Chinese."""
        return {"anyOf": [{"type": "boolean"}, {"enum": ["是", "否", "yes", "no"]}]}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a closed list."""

    words: WordList
    make: Callable[[str], Any] = str

    def read(self, node: Node, key: str, _notes: Notes) -> Any:  # noqa: ANN401 - what `make` makes
        """Return the code, as the list's own enumeration where it has one."""
        text = scalar(node, key, A_TEXT).text.strip()
        found = self.words.read(text)
        if len(found) != 1:
            unknown(text, node.line, key, self.words)
        return (self.words.kind or self.make)(found[0])

    def schema(self) -> dict[str, Any]:
        """Codes, or a word that is not English."""
        return {"anyOf": [{"enum": list(self.words.codes)}, _NON_ASCII]}


@dataclass(frozen=True, slots=True)
class Many:
    """Words of a closed list, one or several; `any_` is what stands for all of them, if that may be written."""

    words: WordList
    any_: bool = False
    plain: bool = False

    def read(self, node: Node, key: str, notes: Notes) -> tuple[Any, ...]:
        """Return the codes, each once, in the order written; none for "any"."""
        if self.any_ and isinstance(node, Scalar) and node.text.strip().lower() in ANY:
            return ()
        found: dict[Any, None] = {}
        with notes.whole():
            for part in parts(node, key):
                with notes.going_on():
                    found.update(dict.fromkeys(self._codes(part, key)))
        return tuple(found)

    def _codes(self, node: Node, key: str) -> list[Any]:
        text = scalar(node, key, A_TEXT).text.strip()
        found = self.words.read(text)
        if not found:
            unknown(text, node.line, key, self.words)
        return [code if self.plain or self.words.kind is None else self.words.kind(code) for code in found]

    def schema(self) -> dict[str, Any]:
        """One word, or a list of them."""
        one = {"anyOf": [{"enum": [*self.words.offered(), *(["any"] if self.any_ else [])]}, _NON_ASCII]}
        return {"anyOf": [*one["anyOf"], {"type": "array", "items": one}]}


ANY = frozenset({"any", "all", "true", "任何", "不限", "全部"})


@dataclass(frozen=True, slots=True)
class All:
    """Nothing but "any": a source whose records have no kinds."""

    def read(self, node: Node, key: str, _notes: Notes) -> tuple[str, ...]:
        """Return no kinds."""
        if isinstance(node, Scalar) and node.text.strip().lower() in ANY:
            return ()
        if isinstance(node, Items) and not node.nodes:
            return ()
        raise PackError(
            lazy("“{key}” has no kinds; write “{key}: any”, not “{found}”."), line=node.line, key=key, found=shown(node)
        )

    def schema(self) -> dict[str, Any]:
        """Take the word alone."""
        return {"anyOf": [{"enum": ["any", "任何", "不限"]}, {"const": True}]}


def parts(node: Node, key: str) -> list[Node]:
    """Return the items of a list; one value alone is a list of one."""
    if isinstance(node, Items):
        return node.nodes
    if isinstance(node, Scalar) and node.empty:
        raise wrong(node, key, A_LIST)
    return [node]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of whatever; one alone needs no list."""

    value: Value

    def read(self, node: Node, key: str, notes: Notes) -> tuple[Any, ...]:
        """Return all items; every item's mistakes are noted."""
        found = []
        with notes.whole():
            for part in parts(node, key):
                with notes.going_on():
                    found.append(self.value.read(part, key, notes))
        return tuple(found)

    def schema(self) -> dict[str, Any]:
        """One, or a list of them."""
        one = self.value.schema()
        return {"anyOf": [one, {"type": "array", "items": one}]}


@dataclass(frozen=True, slots=True)
class Later:
    """Words whose list depends on another key."""

    def read(self, node: Node, _key: str, _notes: Notes) -> Node:
        """Return the node as it stands."""
        return node

    def schema(self) -> dict[str, Any]:
        """One word or several."""
        return {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
