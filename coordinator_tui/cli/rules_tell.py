"""What every command about rules says beside its data: packs that are left out, questions that are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator_tui.cli.output import say
from coordinator_tui.text import gettext as _
from coordinator_tui.text import ngettext

if TYPE_CHECKING:
    from coordinator_tui.book.book import Book

_NAMED = 4


def tell_left_out(book: Book, *, questions: bool = True) -> bool:
    """Say which packs cannot be read and how many questions are open; tell whether a pack is left out."""
    from coordinator_tui.book import rules

    broken = rules.broken(book)
    for name, error in broken:
        say(_("The rule pack “{pack}” is left out, because it cannot be read: {error}").format(pack=name, error=error))
    unanswered = rules.open_questions(book) if questions else []
    if unanswered:
        sentence = ngettext(
            "{count} setting of {packs} is unanswered, and what hangs on it is not computed; “rules check” lists it.",
            "{count} settings of {packs} are unanswered, and what hangs on them is not computed; "
            "“rules check” lists them.",
            len(unanswered),
        )
        names = list(dict.fromkeys(question.pack.id for question in unanswered))
        packs = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
        say(sentence.format(count=len(unanswered), packs=packs))
    if not broken and not rules.packs(book):
        say(_("No rule pack is in force yet; “rules list” shows those that can be adopted, “rules adopt ID” does it."))
    return bool(broken)
