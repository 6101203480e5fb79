"""The attendance legends that come with the program, and the one that a book prints with."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from coordinator_tui.book.errors import NoSuchThing
from coordinator_tui.book.shipped import shipped
from coordinator_tui.domain.legends import DEFAULT, Legend, legends_from
from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordinator_tui.book.book import Book


@cache
def legends() -> Mapping[str, Legend]:
    """Return every legend by name, the default first."""
    import yaml

    return legends_from(yaml.safe_load(shipped("config/legends.yaml").read_text(encoding="utf-8")))


def legend(name: str) -> Legend:
    """Return the legend of that name; NoSuchThing with the names there are."""
    known = legends()
    if name not in known:
        raise NoSuchThing(lazy("There is no legend “{name}”; there are: {names}."), name=name, names=", ".join(known))
    return known[name]


def legend_in_force(book: Book) -> Legend:
    """Return the legend chosen in the book's settings; the default one if there is none of that name any more."""
    chosen = book.settings.text("legend")
    return DEFAULT if chosen == DEFAULT.name else legends().get(chosen, DEFAULT)
