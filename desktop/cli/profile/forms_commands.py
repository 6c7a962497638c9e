"""``forms``: templates, wording, questions and rules of the unit; what is bound, and what became of their originals."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from desktop.app.profile.bound_folder import own_path
from desktop.cli.context import CommandContext, CommandOutcome
from desktop.domain.errors import UserInputError
from desktop.domain.installation.bound_files import FileChange, digest_of
from desktop.domain.records.fields import Json
from desktop.domain.text.hidden_signs import spelled_out
from desktop.domain.text.three_way import Place
from desktop.runtime.files.atomic_file import write_atomic
from desktop.runtime.files.plain_file import NotPlainError, read_plain_text
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.bound.approve_file import approve_file, trial_pages
from desktop.services.bound.bound_texts import bound_files
from desktop.services.bound.check_files import changed_files, restore_files
from desktop.services.bound.compare_originals import (
    OwnForm,
    go_back,
    own_form,
    own_forms,
    take_originals,
    trial_taken,
)

_PAGE: Final = ".trial.pdf"
_ALL_PLACES: Final = "all"
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
    compare = verbs.add_parser("compare", help=texts.text("cli.help.forms_compare"))
    compare.add_argument("file", metavar="FILE", nargs="?", default="")
    compare.set_defaults(run=compare_originals)
    settle = verbs.add_parser("settle", help=texts.text("cli.help.forms_settle"))
    settle.add_argument("file", metavar="FILE")
    settle.add_argument("--take", metavar="N,N", default="")
    settle.add_argument("--to", metavar="FILE.pdf")
    settle.set_defaults(run=settle_one)
    back = verbs.add_parser("back", help=texts.text("cli.help.forms_back"))
    back.add_argument("file", metavar="FILE")
    back.set_defaults(run=back_one)
    restore = verbs.add_parser("restore", help=texts.text("cli.help.forms_restore"))
    restore.add_argument("files", metavar="FILE", nargs="*")
    restore.set_defaults(run=restore_some)


def list_files(context: CommandContext) -> CommandOutcome:
    """Everything that is bound, and how the disk differs."""
    with context.session() as desk:
        changes = {item.path: item for item in changed_files(desk)}
        with desk.store.read() as reader:
            bound = bound_files(reader, desk.profile.device)
        originals = {form.path: form for form in own_forms(desk)}
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
                "original": _original_state(originals.get(path)),
                "open": len(originals[path].open) if path in originals else 0,
            }
        )
        shown_state = context.text(f"forms_state.{state}")
        lines.append(context.text("forms_line", file=spelled_out(path), state=shown_state))
        lines += _shown(change) if change is not None else ()
        if path in originals and originals[path].open:
            lines.append(_behind(context, originals[path]))
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
    path, file = _own(context)
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


def compare_originals(context: CommandContext) -> CommandOutcome:
    """The unit's own files beside the originals they were made from and the originals of today."""
    wanted = _own(context)[0] if context.args.file else ""
    with context.session() as desk:
        forms = (own_form(desk, wanted),) if wanted else own_forms(desk)
    lines: list[str] = []
    for form in forms:
        state = context.text(f"forms_original.{_original_state(form)}", count=len(form.open))
        lines.append(context.text("forms_line", file=spelled_out(form.path), state=state))
        for number, at in enumerate(form.open, 1):
            lines += _place_lines(context, number, form.places[at])
    return CommandOutcome({"files": [_compared(form) for form in forms]}, tuple(lines))


def _compared(form: OwnForm) -> Json:
    places: list[Json] = [
        {
            "number": number,
            "name": form.places[at].name,
            "line": form.places[at].line,
            "then": form.places[at].then if form.places[at].known else None,
            "now": form.places[at].now,
            "own": form.places[at].own,
            "both": form.places[at].both,
        }
        for number, at in enumerate(form.open, 1)
    ]
    return {
        "file": form.path,
        "original": _original_state(form),
        "fault": form.fault,
        "own_changes": form.own_changes,
        "returnable": form.returnable,
        "places": places,
    }


def _original_state(form: OwnForm | None) -> str:
    """``current``, ``changed``, ``unknown``, ``shipped`` where the unit has no text of its own any more, ``none`` where
    all of it is the unit's alone; "" for files that are no unit's."""
    if form is None:
        return ""
    if form.text is None:
        return "shipped"
    if not form.places:
        return "none"
    if not form.open:
        return "current"
    return "changed" if form.known else "unknown"


def _behind(context: CommandContext, form: OwnForm) -> str:
    return "    " + context.text("forms_behind", count=len(form.open))


def _place_lines(context: CommandContext, number: int, place: Place) -> list[str]:
    where = place.name or context.text("forms_place_line", line=place.line)
    then = [("then", place.then)] if place.known else []
    versions = [*then, ("now", place.now), ("own", place.own)]
    lines = [f"  {number}. {spelled_out(where)}"]
    for name, content in versions:
        shown = content.splitlines() or [""]
        lines += [f"    {context.text(f'forms_version.{name}')}  {spelled_out(x)}" for x in shown]
    return lines


def settle_one(context: CommandContext) -> CommandOutcome:
    """Take over places of today's original, keep the unit's own everywhere else; the test page is written first."""
    path, file = _own(context)
    with context.session() as desk:
        form = own_form(desk, path)
        taken = _taken(context.args.take, form)
        pdf = trial_taken(desk, path, taken, form.comparison)
        page = ""
        if pdf.pages:
            page = context.args.to or str(file.with_suffix(_PAGE))
            write_atomic(Path(page), pdf.data)
        digest = take_originals(desk, path, taken, form.comparison)
    counts = {"taken": len(taken), "kept": len(form.open) - len(taken)}
    lines = [context.text("forms_settled", file=path, **counts)]
    if page:
        lines.append(context.text("forms_page", file=page))
    return CommandOutcome(
        {"file": path, "digest": digest, "test_page": page, **counts}, tuple(lines)
    )


def _taken(numbers: str, form: OwnForm) -> list[int]:
    """Positions of the places that are named by the numbers ``compare`` gives them."""
    if numbers == _ALL_PLACES:
        return [*form.open]
    known = {str(number): at for number, at in enumerate(form.open, 1)}
    wanted = [part.strip() for part in numbers.split(",") if part.strip()]
    if not set(wanted) <= known.keys():
        raise UserInputError("bound.place_unknown", file=form.path, count=len(form.open))
    return [known[number] for number in dict.fromkeys(wanted)]


def back_one(context: CommandContext) -> CommandOutcome:
    """What the file said before the last decision is used again."""
    path, _file = _own(context)
    with context.session() as desk:
        digest = go_back(desk, path)
    line = context.text("forms_back", file=path)
    return CommandOutcome({"file": path, "digest": digest}, (line,))


def _own(context: CommandContext) -> tuple[str, Path]:
    """What is named as ``forms list`` shows it lies in the profile, unless such a file lies here."""
    file = Path(context.args.file)
    listed = context.profile_folder / file
    if not file.exists() and listed.exists():
        file = listed
    return own_path(file, context.profile_folder), file


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
