"""The application, its configuration files and its error boundary."""

import os
import sys
import tomllib
from pathlib import Path
from typing import Any

import typer

from kg.cli import (
    build,
    classify,
    codebook,
    entities,
    evaluate,
    extract,
    query,
    show,
    stats,
    validate,
    view,
)
from kg.errors import KGError, UsageError

app = typer.Typer(
    name="kg",
    help="Reads news articles and writes a knowledge graph of who did what to whom.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "KG"},
)
app.command("build")(build.build)
app.command("extract")(extract.extract)
app.command("classify")(classify.classify)
app.command("query")(query.query)
app.command("view")(view.view)
app.command("show")(show.show)
app.command("stats")(stats.stats)
app.command("validate")(validate.validate)
app.command("eval")(evaluate.evaluate)
app.command("codebook")(codebook.codebook)
app.add_typer(entities.app, name="entities")


# typer brings a click of its own or uses the installed one: its exceptions are found through typer
_WrongUsage: type[Any] = typer.BadParameter.__bases__[0]
_INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; never shows a traceback for an error that is the user's.

    Exit codes: 0 done; 1 the work failed, in whole or in part; 2 wrong usage; 130 interrupted.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    debug = "--debug" in arguments
    arguments = [a for a in arguments if a != "--debug"]
    try:
        code = app(arguments or ["--help"], standalone_mode=False, default_map=configuration())
        code = code if arguments else 2
        if code == _INTERRUPTED:  # typer makes an exit code of Ctrl-C
            raise KeyboardInterrupt
    except _WrongUsage as error:
        code = _fail(f"{error.format_message()} See: kg {_command(error)}--help", 2)
    except KGError as error:
        if debug:
            raise
        code = _fail(str(error), 2 if isinstance(error, UsageError) else 1)
    except (typer.Abort, KeyboardInterrupt):
        message = "interrupted. What was loaded stays; the same command goes on from there."
        code = _fail(message, _INTERRUPTED)
    except BrokenPipeError:
        # the reader of our output has gone (`kg query … | head`): nobody is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code or 0)


def configuration() -> dict[str, Any]:
    """Defaults from `kg.toml`, or from `[tool.kg]` in `pyproject.toml`, in the working folder.

    A key is an option of every command that has it (`store = "…"`); a table named like a command
    holds options of that command alone.

    Raises:
        UsageError: The file is not TOML, or a key is no option.
    """
    known = {name: _options(command) for name, command in _commands().items()}
    defaults: dict[str, Any] = {name: {} for name in known}
    for path, keys in ((Path("pyproject.toml"), ("tool", "kg")), (Path("kg.toml"), ())):
        if not path.is_file():
            continue
        try:
            table: Any = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise UsageError(f"{path}: not TOML: {error}.") from error
        for key in keys:
            table = table.get(key, {}) if isinstance(table, dict) else {}
        if not isinstance(table, dict):
            raise UsageError(f"{path}: [tool.kg] is no table.")
        # options of one command come last, so that they win over those of all
        for key, value in sorted(table.items(), key=lambda item: isinstance(item[1], dict)):
            own = key in known and isinstance(value, dict)
            options = value if own else {key: value}
            for command in [key] if own else list(known):
                names = known[command]
                defaults[command] |= {names[o]: v for o, v in options.items() if o in names}
            valid = set(known[key]) if own else {o for names in known.values() for o in names}
            for option in sorted(set(options) - valid):
                where = f"{key}.{option}" if own else option
                raise UsageError(f'{path}: "{where}" is no option. See: kg --help')
    return defaults


def _commands() -> dict[str, Any]:
    return dict(typer.main.get_group(app).commands)


def _options(command: Any) -> dict[str, str]:
    """Option as it is written, without its hyphens → name of the parameter it sets."""
    return {
        option.removeprefix("--"): parameter.name
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--")
    }


def _command(error: Any) -> str:
    name = error.ctx.info_name if error.ctx else None
    return f"{name} " if name in _commands() else ""


def _fail(message: str, code: int) -> int:
    typer.echo(f"kg: {message}", err=True)
    return code
