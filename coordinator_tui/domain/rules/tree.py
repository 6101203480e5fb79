"""The text of a pack as a tree that knows its lines, with what a data file needs not refused: aliases, tags, depths."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from coordinator_tui.domain.rules.packerror import PackError, Phrase
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

    from coordinator_tui.text import LazyText

LARGEST = 1_000_000
"""Bytes that a pack may have."""
DEEPEST = 30
"""Levels that a pack may nest; the format itself needs twelve."""

_NO_TEXT = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as it was written; `bare` when without quotation marks."""

    text: str
    line: int
    bare: bool

    @property
    def empty(self) -> bool:
        """Whether nothing was written."""
        return self.bare and self.text in _NOTHING


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    line: int
    nodes: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Keyed:
    """Keys with values, in order; a key that stands twice is here twice."""

    line: int
    pairs: list[tuple[Scalar, Node]] = field(default_factory=list)

    def get(self, key: str) -> Node | None:
        """Return the value of a key, None where it is not there."""
        return next((node for name, node in self.pairs if name.text == key), None)


Node: TypeAlias = Scalar | Items | Keyed

_LIST_ENDS = lazy("the list ends in the middle; every item begins with “- ” in one column.")
_DOES_NOT_FIT = lazy("this does not fit the lines above; check the indentation, and the quotation marks before it.")
_NO_COMMA_OR_BRACE = lazy("a “{{” is never closed, or a comma is missing.")
_NO_COMMA_OR_BRACKET = lazy("a “[” is never closed, or a comma is missing.")
_PROBLEMS: dict[str, LazyText] = {
    "mapping values are not allowed": lazy(
        "a key with a colon may not stand here; check the indentation, and put a text with “: ” in quotation marks."
    ),
    "found character": lazy(
        "a text that begins with this sign needs quotation marks; lines are indented with spaces, never with tabs."
    ),
    "found unexpected end of stream": lazy("a quotation mark that opens here is never closed."),
    "could not find expected ':'": lazy("a colon with a space after it is missing (“key: value”, not the wide “：”)."),
    "did not find expected key": _DOES_NOT_FIT,
    "did not find expected '-' indicator": _LIST_ENDS,
    "expected <block end>": _DOES_NOT_FIT,
    "did not find expected ',' or '}'": _NO_COMMA_OR_BRACE,
    "expected ',' or '}'": _NO_COMMA_OR_BRACE,
    "did not find expected ',' or ']'": _NO_COMMA_OR_BRACKET,
    "expected ',' or ']'": _NO_COMMA_OR_BRACKET,
    "did not find expected node content": lazy("a “[” or “{{” is never closed."),
}
"""How the library's two readers, the fast and the plain one, begin to say what is wrong."""
_NEVER_CLOSED = ("found unexpected end of stream", "did not find expected ','", "expected ','")
"""Problems that lie where something opens, not where the library gave up."""


def tree(text: str) -> Node:
    """Return the tree of a YAML text; PackError for what is no YAML, or more than a file of plain data needs."""
    import yaml

    text = text.removeprefix("\ufeff")
    _check_size(text)
    loader: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _grown(yaml.parse(text, Loader=loader))
    except yaml.YAMLError as error:
        raise _not_yaml(error, text) from None


def _check_size(text: str) -> None:
    strange = _NO_TEXT.search(text)
    if strange:
        line = 1 + text.count("\n", 0, strange.start())
        raise PackError(lazy("there are characters that are no text."), line=line)
    size = len(text.encode())
    if size > LARGEST:
        raise PackError(lazy("it has {size} bytes; a rule pack has at most {most}."), line=0, size=size, most=LARGEST)


def _not_yaml(error: yaml.YAMLError, text: str) -> PackError:
    """Return the sentence for what the library found, at the line where a person has to look."""
    from yaml.error import MarkedYAMLError

    problem = str(error.problem) if isinstance(error, MarkedYAMLError) else str(error)
    marks = (error.problem_mark, error.context_mark) if isinstance(error, MarkedYAMLError) else ()
    opens = problem.startswith(_NEVER_CLOSED)
    mark = next((mark for mark in (reversed(marks) if opens else marks) if mark is not None), None)
    line = 1 if mark is None else min(mark.line, text.count("\n")) + 1
    said = next((text for start, text in _PROBLEMS.items() if problem.startswith(start)), None)
    cause: object = f"{problem}." if said is None else Phrase(said)
    return PackError(lazy("this is not YAML: {cause}"), line=line, cause=cause)


class _Growing:
    """The tree while its events come; recursion is avoided, so that no text can exhaust the stack."""

    def __init__(self) -> None:
        self.open: list[Items | Keyed] = []
        self.keys: list[Scalar | None] = []
        self.root: Node | None = None

    def add(self, node: Node) -> None:
        """Put a finished scalar, or a list or mapping that begins, where it belongs."""
        if not self.open:
            self.root = node
        elif isinstance(top := self.open[-1], Items):
            top.nodes.append(node)
        elif (key := self.keys[-1]) is not None:
            top.pairs.append((key, node))
            self.keys[-1] = None
        elif isinstance(node, Scalar):
            self.keys[-1] = node
        else:
            raise PackError(lazy("a key must be a word, not a list or a group of keys."), line=node.line)

    def begin(self, node: Items | Keyed) -> None:
        """Open a list or mapping; PackError when it lies too deep."""
        self.add(node)
        self.open.append(node)
        self.keys.append(None)
        if len(self.open) > DEEPEST:
            raise PackError(lazy("this lies too deep: more than {most} levels."), line=node.line, most=DEEPEST)

    def end(self) -> None:
        """Close the innermost list or mapping."""
        self.open.pop()
        self.keys.pop()


def _grown(events: Iterator[yaml.Event]) -> Node:
    import yaml

    growing = _Growing()
    documents = 0
    for event in events:
        line = 1 if event.start_mark is None else event.start_mark.line + 1
        _refuse_machinery(event, line)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise PackError(lazy("a second document begins (“---”); a file holds one pack."), line=line)
        elif isinstance(event, yaml.ScalarEvent):
            growing.add(Scalar(event.value, line, bare=event.implicit[0]))
        elif isinstance(event, yaml.SequenceStartEvent):
            growing.begin(Items(line))
        elif isinstance(event, yaml.MappingStartEvent):
            growing.begin(Keyed(line))
        elif isinstance(event, yaml.CollectionEndEvent):
            growing.end()
    return growing.root or Scalar("", 1, bare=True)


def _refuse_machinery(event: yaml.Event, line: int) -> None:
    import yaml

    if isinstance(event, yaml.AliasEvent):
        found = f"*{event.anchor}"
        raise PackError(
            lazy("“{found}” refers to another place; a pack writes everything out."), line=line, found=found
        )
    tag = getattr(event, "tag", None)
    if tag is not None:
        found = str(tag).replace("tag:yaml.org,2002:", "!!")
        raise PackError(lazy("“{found}”: tags have no place in a pack; leave it out."), line=line, found=found)
