"""The window, the demonstration and the self-test: everything that may need Qt, imported late."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.profile import bench_commands
from desktop.domain.errors import WorldError
from desktop.domain.records.fields import Json
from desktop.runtime.processes.shared_library import package_of
from desktop.runtime.texts.catalogue import Catalogue
from desktop.runtime.texts.locale_choice import prepare_locale

if TYPE_CHECKING:
    from desktop.app.windows.manual import CommandReference
    from desktop.documents.manual.book import Book


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    demo = commands.add_parser("demo", help=texts.text("cli.help.demo"))
    demo.add_argument("--headless", action="store_true", help=texts.text("cli.help.headless"))
    demo.add_argument(
        "--out", metavar="DIR", default="demo-output", help=texts.text("cli.help.out")
    )
    demo.set_defaults(run=run_demo)
    opening = commands.add_parser("open", help=texts.text("cli.help.open"))
    opening.add_argument("files", metavar="FILE", nargs="*", help=texts.text("cli.help.open_files"))
    opening.set_defaults(run=run_open)
    test = commands.add_parser("selftest", help=texts.text("cli.help.selftest"))
    test.add_argument(
        "--printer", metavar="NAME", default="", help=texts.text("cli.help.selftest_printer")
    )
    test.set_defaults(run=run_selftest)
    bench_commands.add(commands, texts)


def window_problem() -> WorldError | None:
    """Why no window can be shown here; None where one can."""
    if sys.platform != "linux":
        return None
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if not any(os.environ.get(name) for name in names):
        return WorldError("display.none")
    from desktop.app.qt.window_library import (  # noqa: PLC0415 - Qt only where a window opens
        display_answers,
        qt_plugins,
        unloadable_library,
    )

    lacking = unloadable_library(os.environ, qt_plugins())
    if lacking:
        return library_error(lacking)
    return None if display_answers(os.environ) else WorldError("display.silent")


def library_error(library: str) -> WorldError:
    """That the system lacks ``library``, with the package that most likely has it."""
    package = package_of(library)
    if package:
        return WorldError("library.missing", file=library, package=package)
    return WorldError("library.too_old", file=library)


def run_open(context: CommandContext) -> CommandOutcome:
    """What a double click on a bundle or a card does."""
    from desktop.cli.command_reference import command_reference  # noqa: PLC0415 - only where help is asked for

    def commands(texts: Catalogue) -> Book:
        return command_reference(texts, context.args.build(texts))

    status = open_window(context, commands, tuple(Path(name) for name in context.args.files))
    return CommandOutcome({"ok": status == 0}, ok=status == 0)


def open_window(
    context: CommandContext, commands: CommandReference, files: tuple[Path, ...] = ()
) -> int:
    """``fanzha`` alone. ``commands`` makes the manual's chapter about commands; ``files`` are looked into once an
    officer signed in."""
    prepare_locale(os.environ)
    problem = window_problem()
    if problem is not None:
        raise problem
    from desktop.app.windows.run_window import run_window  # noqa: PLC0415 - Qt only where a window opens

    return run_window(context.profile_folder, commands, files, context.args.lang)


def run_demo(context: CommandContext) -> CommandOutcome:
    """The whole path through the real windows."""
    prepare_locale(os.environ)
    problem = None if context.args.headless else window_problem()
    if problem is not None:
        context.tell(problem)
        sys.stderr.write(context.text("demo_without_window") + "\n")
    headless = context.args.headless or problem is not None
    if headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop.demo.run import run  # noqa: PLC0415 - Qt only where windows open

    folder = Path(context.args.out).absolute()
    done = run(folder, keep_open=not headless and not context.args.json)
    steps = [
        {"name": s.name, "ok": s.ok, "seconds": round(s.seconds, 3), "note": s.note}
        for s in done.steps
    ]
    document = {
        "ok": done.ok,
        "steps": steps,
        "files": [str(p) for p in done.files],
        "keystrokes": done.keystrokes,
    }
    lines = [
        context.text("step", mark="✓" if s.ok else "✗", name=s.name, seconds=f"{s.seconds:.1f}")
        for s in done.steps
    ]
    total = f"{sum(step.seconds for step in done.steps):.1f}"
    if done.keystrokes:
        lines.append(context.text("demo_keys", count=done.keystrokes))
    if done.ok:
        lines.append(context.text("demo_ok", seconds=total, folder=str(folder)))
    else:
        lines.append(context.text("demo_failed", step=done.steps[-1].name))
    return CommandOutcome(document, tuple(lines), ok=done.ok)


def run_selftest(context: CommandContext) -> CommandOutcome:
    """Can this build do everything?"""
    prepare_locale(os.environ)
    if window_problem() is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop.selftest.run import run  # noqa: PLC0415 - Qt only where windows open

    checks = run(context.args.printer)
    rows: list[Json] = [{"name": c.name, "ok": c.ok, "note": c.note} for c in checks]
    lines = tuple(
        context.text("selftest", mark="✓" if c.ok else "✗", name=f"{c.name} {c.note}".rstrip())
        for c in checks
    )
    return CommandOutcome({"checks": rows}, lines, ok=all(c.ok for c in checks))
