"""The shape of every command: help in the language in force with an example, global options anywhere, lazy loading."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from coordinator_tui.cli import page
from coordinator_tui.cli.contents import ENTRIES, GLOBALS, HELP_ABOUT, language_asked_for
from coordinator_tui.cli.context import Call
from coordinator_tui.cli.words import teach_click
from coordinator_tui.text import gettext as _
from coordinator_tui.text import select_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from click.shell_completion import CompletionItem

    from coordinator_tui.text import LazyText


F = TypeVar("F", bound="Callable[..., Any]")


class Decorator(Protocol):
    """What adds an option or argument to a command's function."""

    def __call__(self, function: F, /) -> F:
        """Return the function with the parameter added."""


class Formatter(click.HelpFormatter):
    """Help pages measured in display cells, so that Chinese wraps and aligns."""

    def write_heading(self, heading: str) -> None:
        """Write the line above a list."""
        self.write(page.heading_line(heading))

    def write_text(self, text: str) -> None:
        """Write paragraphs, wrapped below the current indent."""
        self.write(page.paragraph(text, self.current_indent, self.width))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = page.LEFT_COLUMN, col_spacing: int = page.GAP
    ) -> None:
        """Write terms and their descriptions in two columns."""
        assert (col_max, col_spacing) == (page.LEFT_COLUMN, page.GAP)
        self.write(page.definitions(rows, self.current_indent, self.width))


class Context(click.Context):
    """A context whose help is written by our formatter."""

    formatter_class: type[click.HelpFormatter] = Formatter


class _Described:
    """A parameter that is described by a text which is translated when it is shown."""

    about: LazyText | None = None

    def told(self) -> str:
        """Return the description in the language in force."""
        return str(self.about) if self.about is not None else ""


class Option(click.Option, _Described):
    """An option with a translated description."""

    def __init__(self, decls: Sequence[str], *, about: LazyText | None = None, **attrs: Any) -> None:  # noqa: ANN401 - click's
        self.about = about
        super().__init__(decls, **attrs)


class Argument(click.Argument, _Described):
    """A positional argument with a translated description."""

    def __init__(self, decls: Sequence[str], *, about: LazyText | None = None, **attrs: Any) -> None:  # noqa: ANN401 - click's
        self.about = about
        super().__init__(decls, **attrs)

    @property
    def shown(self) -> str:
        """How it stands in the usage line."""
        name = self.metavar or str(self.name).upper()
        name = name if self.required or name.startswith("[") else f"[{name}]"
        return name if self.nargs == 1 else f"{name}..."

    def get_usage_pieces(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the words of the usage line."""
        return [self.shown]


def option(*decls: str, about: LazyText, **attrs: Any) -> Decorator:  # noqa: ANN401 - click's decorators
    """Decorate with an option with a translated description."""
    return click.option(*decls, cls=Option, about=about, **attrs)


def argument(*decls: str, about: LazyText, **attrs: Any) -> Decorator:  # noqa: ANN401 - click's decorators
    """Decorate with a positional argument with a translated description."""
    return click.argument(*decls, cls=Argument, about=about, **attrs)


def _globals(*, hidden: bool = True) -> list[click.Parameter]:
    """Make the global options; behind a command's name they work too, but its help does not repeat them."""
    return [_global_option(name, hidden=hidden) for name in GLOBALS]


def _global_option(name: str, *, hidden: bool) -> click.Parameter:
    wanted = GLOBALS[name]

    def keep(ctx: click.Context, _param: click.Parameter, value: object) -> None:
        if value is not None and value is not False:
            ctx.ensure_object(Call).keep(name, value)

    def complete(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        if name == "book":
            return [CompletionItem(incomplete, type="dir")]
        words = (wanted.metavar or "").split("|") if name == "lang" else []
        return [CompletionItem(word) for word in words if word.startswith(incomplete)]

    flag: dict[str, Any] = {"is_flag": True} if wanted.metavar is None else {"metavar": wanted.metavar}
    return Option(
        [f"--{name}", f"_global_{name}"],
        about=wanted.about,
        hidden=hidden,
        expose_value=False,
        is_eager=True,
        callback=keep,
        shell_complete=complete,
        **flag,
    )


class _Page(click.Command):
    """What commands and groups of commands have in common: their help page."""

    context_class = Context
    about: LazyText | None = None
    more: LazyText | None = None
    examples: tuple[str, ...] = ()

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - lines are wrapped, never cut
        """One sentence for the list of commands."""
        return str(self.about) if self.about is not None else ""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the usage line's words, the placeholders translated."""
        pieces = super().collect_usage_pieces(ctx)
        known = {"[OPTIONS]": _("[OPTIONS]"), "COMMAND [ARGS]...": _("COMMAND [ARGS]...")}
        known["[COMMAND] [ARGS]..."] = _("[COMMAND] [ARGS]...")
        return [known.get(piece, piece) for piece in pieces]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the page: usage, what it does, arguments, options, commands, examples."""
        self.format_usage(ctx, formatter)
        for text in (self.about, self.more):
            if text is not None:
                formatter.write_paragraph()
                with formatter.indentation():
                    formatter.write_text(str(text))
        self._format_parameters(ctx, formatter)
        if isinstance(self, Group):
            self.format_commands(ctx, formatter)
        if self.examples:
            formatter.write(page.examples(self.examples))

    def _format_parameters(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        params = self.get_params(ctx)
        places = [(param.shown, _described(param)) for param in params if isinstance(param, Argument)]
        if places:
            with formatter.section(_("Arguments")):
                formatter.write_dl(places)
        options = [record for param in params if isinstance(param, click.Option) and (record := _record(ctx, param))]
        with formatter.section(_("Options")):
            formatter.write_dl(options)


def _record(ctx: click.Context, param: click.Option) -> tuple[str, str] | None:
    """Spelling and description of a visible option."""
    record = param.get_help_record(ctx)
    if record is None:
        return None
    if not isinstance(param, Option):
        return record[0], str(HELP_ABOUT)
    return record[0], _described(param)


def _described(param: Option | Argument) -> str:
    """Tell what the parameter is, and which words it may be."""
    return " ".join(part for part in (param.told(), getattr(param.type, "listed", "")) if part)


class Command(_Page):
    """A command that does something."""

    def __init__(
        self,
        name: str | None,
        *,
        about: LazyText | None = None,
        more: LazyText | None = None,
        examples: tuple[str, ...] = (),
        **attrs: Any,  # noqa: ANN401 - click's
    ) -> None:
        attrs["help"] = None
        super().__init__(name, **attrs)
        self.about, self.more, self.examples = about, more, examples
        self.params = [*self.params, *_globals()]


class Group(_Page, click.Group):
    """A command with commands below it, listed in the order in which they are declared."""

    command_class = Command

    def __init__(
        self,
        name: str | None = None,
        *,
        about: LazyText | None = None,
        more: LazyText | None = None,
        examples: tuple[str, ...] = (),
        **attrs: Any,  # noqa: ANN401 - click's
    ) -> None:
        attrs["help"] = None
        super().__init__(name, **attrs)
        self.about, self.more, self.examples = about, more, examples
        if type(self) is Group:
            self.params = [*self.params, *_globals()]

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names in the order of their declaration."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does; a name that is not there is compared with all names for a suggestion."""
        known = tuple(self.list_commands(ctx))
        if args[0] not in known and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise UnknownCommandError(args[0], known, ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                rows.append((name, command.get_short_help_str()))
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)


Group.group_class = Group


class Program(Group):
    """The program itself: knows every command's sentence, and imports a command only to run it or to tell about it."""

    def __init__(self, name: str, **attrs: Any) -> None:  # noqa: ANN401 - click's
        super().__init__(name, **attrs)
        self.params = [*_globals(hidden=False), *self.params]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Choose the language first, wherever it was asked for, so that even help and errors speak it."""
        ctx.ensure_object(Call)
        select_language(language_asked_for(args))
        teach_click()
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's
        """Run the command; a pipe that nobody reads any more is not click's to judge."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise PipeClosedError from error

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names in the order of the table of contents."""
        return list(ENTRIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import a command."""
        entry = ENTRIES.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = import_module(f"coordinator_tui.cli.commands.{entry.module}").COMMAND
        if isinstance(command, _Page):
            command.about = entry.about
        teach_click()
        self.commands[cmd_name] = command
        return command

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of contents, section by section, without importing a command."""
        formatter.write(page.program_page(ctx.command_path))


class PipeClosedError(Exception):
    """Whoever read our output has stopped."""


class UnknownCommandError(click.UsageError):
    """A command's name that there is not, with the names that look like it."""

    def __init__(self, name: str, known: tuple[str, ...], ctx: click.Context) -> None:
        from difflib import get_close_matches

        close = get_close_matches(name, known)
        message = _("There is no command “{name}”").format(name=name)
        if close:
            message = _("There is no command “{name}”; did you mean “{close}”?").format(name=name, close=close[0])
        elif ctx.parent is not None:
            message = _("There is no command “{name}”; there are: {known}").format(name=name, known=", ".join(known))
        super().__init__(message, ctx)
