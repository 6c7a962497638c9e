"""``forms list | approve | restore``: templates, wording, questions and rules of the unit, and what is bound."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from desktop.app.profile.bound_folder import own_path
from desktop.cli.context import CommandContext, CommandOutcome
from desktop.domain.errors import UserInputError
from desktop.domain.installation.bound_files import FileChange, digest_of
from desktop.domain.records.fields import Json
from desktop.domain.text.hidden_signs import spelled_out
from desktop.runtime.files.atomic_file import write_atomic
from desktop.runtime.files.plain_file import NotPlainError, read_plain_text
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.bound.approve_file import approve_file, trial_pages
from desktop.services.bound.bound_texts import bound_files
from desktop.services.bound.check_files import changed_files, restore_files

_PAGE: Final = ".trial.pdf"
_MOST_LINES: Final = 40
"""Of one file, for a person; JSON has them all."""


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    group = commands.add_parser("forms", help=texts.text("cli.help.forms"))
    verbs = group.add_subparsers(dest="verb", required=True)
    verbs.add_parser("list", help=texts.text("cli.help.forms_list")).set_defaults(run=list_files)
    approve = verbs.add_parser("approve", help=texts.text("cli.help.forms_approve"))
    approve.add_argument("file", metavar="FILE")
    approve.add_argument("--removed", action="store_true")
    approve.add_argument("--to", metavar="FILE.pdf")
    approve.set_defaults(run=approve_one)
    restore = verbs.add_parser("restore", help=texts.text("cli.help.forms_restore"))
    restore.add_argument("files", metavar="FILE", nargs="*")
    restore.set_defaults(run=restore_some)


def list_files(context: CommandContext) -> CommandOutcome:
    """Everything that is bound, and how the disk differs."""
    with context.session() as desk:
        changes = {item.path: item for item in changed_files(desk)}
        with desk.store.read() as reader:
            bound = bound_files(reader, desk.profile.device)
    texts = {path: file.text for path, file in bound.items() if file.text is not None}
    rows: list[Json] = []
    lines: list[str] = []
    for path in sorted({*texts, *changes}):
        change, content = changes.get(path), texts.get(path)
        state = change.state.value if change is not None else "bound"
        rows.append(
            {
                "file": path,
                "state": state,
                "digest": "" if content is None else digest_of(content),
                "lines": _differing(change) if change is not None else [],
            }
        )
        shown_state = context.text(f"forms_state.{state}")
        lines.append(context.text("forms_line", file=spelled_out(path), state=shown_state))
        lines += _shown(change) if change is not None else ()
    return CommandOutcome({"files": rows}, tuple(lines))


def _differing(change: FileChange) -> list[Json]:
    return [{"bound": pair.left, "found": pair.right} for pair in change.lines()]


def _shown(change: FileChange) -> list[str]:
    """Lines as ``diff`` writes them: − what is bound, + what lies there."""
    pairs = change.lines()
    shown = [
        f"    {sign} {spelled_out(line)}"
        for pair in pairs[:_MOST_LINES]
        for sign, line in (("-", pair.left), ("+", pair.right))
        if line is not None
    ]
    return shown + (["    …"] if len(pairs) > _MOST_LINES else [])


def approve_one(context: CommandContext) -> CommandOutcome:
    """What the file says becomes the unit's own; its test page is written first, so that somebody can look at it."""
    args = context.args
    file = Path(args.file)
    path = own_path(file, context.profile_folder)
    content = None if args.removed else _text_of(file)
    page = ""
    with context.session() as desk:
        if content is not None:
            pdf = trial_pages(desk, path, content)
            if pdf.pages:
                page = args.to or str(file.with_suffix(_PAGE))
                write_atomic(Path(page), pdf.data)
        digest = approve_file(desk, path, content)
    document: dict[str, Json] = {
        "form": Path(path).stem, "digest": digest, "file": path, "test_page": page,
    }  # fmt: skip
    lines = [context.text("forms_removed" if content is None else "forms_approved", file=path)]
    if page:
        lines.append(context.text("forms_page", file=page))
    return CommandOutcome(document, tuple(lines))


def restore_some(context: CommandContext) -> CommandOutcome:
    """The disk says again what is bound."""
    root = context.profile_folder
    wanted = [_named(name, root) for name in context.args.files]
    with context.session() as desk:
        restored = restore_files(desk, wanted)
    lines = tuple(context.text("forms_restored", file=spelled_out(path)) for path in restored)
    return CommandOutcome({"restored": list(restored)}, lines or (context.text("forms_nothing"),))


def _named(name: str, root: Path) -> str:
    """A path below the profile as it is listed, or a file by its place on the disk."""
    place = Path(name).absolute()
    return place.relative_to(root).as_posix() if place.is_relative_to(root) else name


def _text_of(file: Path) -> str:
    try:
        return read_plain_text(file)
    except FileNotFoundError as error:
        raise UserInputError("bound.unknown", file=file.name) from error
    except NotPlainError as error:
        raise UserInputError("bound.unfit", file=file.name, reason=error.reason) from error
