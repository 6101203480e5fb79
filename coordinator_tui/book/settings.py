"""The settings of a book as data: what can be set, to what, and what it is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from coordinator_tui.book.collection import cleaned
from coordinator_tui.book.errors import NoSuchThing, Refused
from coordinator_tui.domain.lightclass import dataclass
from coordinator_tui.store import key_id
from coordinator_tui.text import LazyText, lazy

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book

Kind = Literal["text", "number", "choice", "time", "group", "term", "legend"]


@dataclass(frozen=True, slots=True)
class Spec:
    """One setting: `kind` says how to ask for it, `choices` pairs values with titles, `least`/`most` bound numbers."""

    key: str
    kind: Kind
    default: str | int | None
    title: LazyText
    help: LazyText
    choices: tuple[tuple[str, LazyText], ...] = ()
    least: int | None = None
    most: int | None = None


SPECS: tuple[Spec, ...] = (
    Spec("school", "text", "", lazy("School"), lazy("Printed at the head of every sheet.")),
    Spec("default_group", "group", None, lazy("Group"), lazy("The group that screens and commands mean unless told.")),
    Spec("current_term", "term", None, lazy("Term"), lazy("Empty: the term that today falls in.")),
    Spec(
        "late_entry_days",
        "number",
        3,
        lazy("Late entry after"),
        lazy("Days after a session from which an entry is marked as late entry."),
        least=0,
        most=366,
    ),
    Spec(
        "word_count",
        "choice",
        "office",
        lazy("Length of texts"),
        lazy("How the words of a text handed in are counted; both numbers are shown with it."),
        choices=(("office", lazy("WPS/Word word count")), ("han", lazy("Chinese characters"))),
    ),
    Spec("legend", "legend", "default", lazy("Attendance legend"), lazy("How marks are printed; legends are views.")),
    Spec("session_start", "time", "15:30", lazy("Usual start"), lazy("Offered when a session is added.")),
    Spec("session_end", "time", "17:00", lazy("Usual end"), lazy("Offered when a session is added.")),
    Spec("place", "text", "", lazy("Usual place"), lazy("Offered when a session is added.")),
    Spec(
        "lang",
        "choice",
        "auto",
        lazy("Language"),
        lazy("The language of this book's screens and sheets."),
        choices=(("auto", lazy("as the system")), ("zh", lazy("Chinese")), ("en", lazy("English"))),
    ),
)
"""Every setting, in the order in which they are shown."""

_BY_KEY = {spec.key: spec for spec in SPECS}
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def spec_of(key: str) -> Spec:
    """Return the spec of a setting; NoSuchThing for a key there is none of."""
    if key not in _BY_KEY:
        raise NoSuchThing(lazy("There is no setting “{key}”; there are: {keys}."), key=key, keys=", ".join(_BY_KEY))
    return _BY_KEY[key]


class Settings:
    """Typed access to the settings of one book; what was never set, or is not valid any more, is the default."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def get(self, key: str) -> Any:  # noqa: ANN401 - the spec says which type
        """Return the value in force."""
        spec = spec_of(key)
        document = self._book.store.document("settings", key_id("setting", key))
        value = None if document is None else document.get("value")
        if value is None:
            return spec.default
        try:
            return self._valid(spec, value)
        except Refused:
            return spec.default

    def text(self, key: str) -> str:
        """Return the value in force as text ("" for none)."""
        return str(self.get(key) or "")

    def number(self, key: str) -> int:
        """Return the value in force as a number (0 for none)."""
        return int(self.get(key) or 0)

    def is_set(self, key: str) -> bool:
        """Whether somebody chose a value."""
        return self._book.store.document("settings", key_id("setting", key)) is not None

    def set(self, key: str, value: object) -> None:
        """Choose a value, in one step; None or "" goes back to the default. Refused if it is not valid.

        A group may be named by what people type for it.
        """
        spec = spec_of(key)
        chosen = cleaned("value", value)
        if chosen is not None:
            chosen = self._valid(spec, self._meant(spec, chosen))
        identity = key_id("setting", key)
        with self._book.step("setting.set", key=key, value=chosen) as writing:
            if chosen is not None:
                writing.set("settings", identity, {"key": key, "value": chosen})
            elif self.is_set(key):
                writing.delete("settings", identity)

    def choices(self, key: str) -> list[tuple[str, str]]:
        """Return what can be chosen for a setting: values as text with their titles; [] where anything may be typed."""
        from coordinator_tui.book.groups import all_groups
        from coordinator_tui.book.legends import legends
        from coordinator_tui.book.terms import all_terms

        spec = spec_of(key)
        if spec.kind == "group":
            return [(str(group.id), group.name) for group in all_groups(self._book)]
        if spec.kind == "term":
            return [(term.code, term.code) for term in all_terms(self._book)]
        if spec.kind == "legend":
            return [(name, legend.title) for name, legend in legends().items()]
        return [(code, str(title)) for code, title in spec.choices]

    def all(self) -> list[tuple[Spec, Any]]:
        """Every setting with the value in force."""
        return [(spec, self.get(spec.key)) for spec in SPECS]

    def _meant(self, spec: Spec, value: Any) -> Any:  # noqa: ANN401 - comes from a user
        """Return the id, code or name of the thing that the user names; NoSuchThing if there is none such."""
        from coordinator_tui.book.groups import find_group
        from coordinator_tui.book.legends import legend
        from coordinator_tui.book.terms import find_term

        if spec.kind == "group":
            return find_group(self._book, str(value)).id
        if spec.kind == "term":
            return find_term(self._book, str(value)).code
        return legend(str(value)).name if spec.kind == "legend" else value

    def _valid(self, spec: Spec, value: Any) -> str | int:  # noqa: ANN401 - comes from a user or a file
        if spec.kind in {"number", "group"}:
            return _number(spec, value)
        text = str(value)
        if spec.kind == "choice" and text not in {code for code, _title in spec.choices}:
            codes = ", ".join(code for code, _title in spec.choices)
            raise Refused(
                lazy("{title}: “{value}” is not one of {choices}."), title=spec.title, value=text, choices=codes
            )
        if spec.kind == "time":
            return time_of_day(text)
        return text


def _number(spec: Spec, value: Any) -> int:  # noqa: ANN401 - comes from a user or a file
    try:
        number = int(value)
    except (TypeError, ValueError):
        raise Refused(lazy("{title}: “{value}” is not a number."), title=spec.title, value=value) from None
    if (spec.least is not None and number < spec.least) or (spec.most is not None and number > spec.most):
        raise Refused(
            lazy("{title}: {value} is not between {least} and {most}."),
            title=spec.title,
            value=number,
            least=spec.least,
            most=spec.most,
        )
    return number


def time_of_day(text: str) -> str:
    """Return HH:MM of a time as people type it ("8:05", "15：30", "1530"); Refused if it is none."""
    plain = text.strip().translate(str.maketrans("０１２３４５６７８９：.", "0123456789::"))
    if re.fullmatch(r"\d{3,4}", plain):
        plain = f"{plain[:-2]}:{plain[-2:]}"
    found = _TIME.fullmatch(plain)
    if not found:
        raise Refused(lazy("“{value}” is not a time of day; write it as 15:30."), value=text)
    return f"{int(found[1]):02d}:{found[2]}"
