"""What the frame asks of a book, and what screens and dialogs have in common: commands, keys, texts in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from textual.binding import Binding  # noqa: TC002  # a class variable's type

from coordinator_tui.text import gettext as _
from coordinator_tui.tui.commands import bindings, by_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordinator_tui.tui.commands import Command
    from coordinator_tui.tui.messages import Changes


class Report(Protocol):
    """What undo or redo did."""

    @property
    def sentence(self) -> str:
        """One sentence in the language in force."""


class BookFace(Protocol):
    """The few things that the frame itself does with a book; screens use the whole `Book`."""

    @property
    def version(self) -> int:
        """Grows with every change, own or other."""

    def refresh(self) -> Changes:
        """Take in what others wrote; cheap when nothing came."""

    def undo(self) -> Report | None:
        """Take back the last own step."""

    def redo(self) -> Report | None:
        """Do again what was taken back last."""

    def close(self) -> None:
        """Write what is derived; every edit is already on disk."""


class Commanded:
    """A screen, dialog or app whose keys come from its `commands`; those of its base classes are inherited."""

    commands: ClassVar[tuple[Command, ...]] = ()
    all_commands: ClassVar[tuple[Command, ...]] = ()
    command_keys: ClassVar[Mapping[str, Command]] = {}
    BINDINGS: ClassVar[list[Any]] = []

    def __init_subclass__(cls, **options: Any) -> None:  # noqa: ANN401  # handed on
        """Make the key table and Textual's bindings from the commands, once per class."""
        inherited = [command for base in cls.__mro__[1:] for command in base.__dict__.get("commands", ())]
        own = cls.__dict__.get("commands", ())
        taken = {command.name.rpartition(".")[2] for command in own}
        cls.all_commands = (*own, *(c for c in dict.fromkeys(inherited) if c.name.rpartition(".")[2] not in taken))
        cls.command_keys = by_key(cls.all_commands)
        cls.BINDINGS = bindings(cls.command_keys)
        super().__init_subclass__(**options)


def translated(binding: Binding) -> Binding:
    """Return a binding with its description in the language in force."""
    from dataclasses import replace

    return replace(binding, description=_(binding.description), tooltip=_(binding.tooltip))


def is_for_people(error: BaseException) -> bool:
    """Whether the error is a sentence for the user (it carries an exit code) and not a fault of ours."""
    return isinstance(getattr(error, "exit_code", None), int)
