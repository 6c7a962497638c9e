"""``pack sign | take | list``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.domain.errors import UserInputError
from desktop.domain.exchange.data_package import PackageInForce, PackageKind
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.runtime.files.atomic_file import disk_errors, write_atomic
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.brought_file import read_brought
from desktop.services.packages.install_package import install_package, packages_in_force
from desktop.services.packages.sign_package import sign_package


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    group = commands.add_parser("pack", help=texts.text("cli.help.pack"))
    verbs = group.add_subparsers(dest="verb", required=True)
    sign = verbs.add_parser("sign", help=texts.text("cli.help.pack_sign"))
    sign.add_argument("files", metavar="FILE", nargs="+")
    sign.add_argument("--kind", required=True, choices=[kind.value for kind in PackageKind])
    sign.add_argument("--version", dest="package_version", metavar="DATE", required=True)
    sign.add_argument("--to", metavar="FILE", required=True)
    sign.set_defaults(run=sign_files)
    take = verbs.add_parser("take", help=texts.text("cli.help.pack_take"))
    take.add_argument("file", metavar="FILE")
    take.set_defaults(run=take_file)
    verbs.add_parser("list", help=texts.text("cli.help.pack_list")).set_defaults(run=list_packages)


def package_row(package: PackageInForce) -> dict[str, Json]:
    """One kind of data and what it rests on."""
    return {
        "kind": package.kind.value,
        "version": package.version,
        "unit": package.unit,
        "taken_at": to_wire(package.taken_at) if package.taken_at else "",
        "waiting": package.waiting,
    }


def sign_files(context: CommandContext) -> CommandOutcome:
    """At the centre: files, signed, as one package. A folder stands for the files in it."""
    args = context.args
    files = _read(args.files)
    with context.session() as desk:
        data = sign_package(desk, PackageKind(args.kind), args.package_version, files)
    write_atomic(Path(args.to), data, mode=0o644)
    document = {
        "file": args.to,
        "kind": args.kind,
        "version": args.package_version,
        "files": len(files),
    }
    return CommandOutcome(document, (context.text("written", file=args.to),))


def take_file(context: CommandContext) -> CommandOutcome:
    """Take a package in; it counts from the next sign-in."""
    with context.session() as desk:
        package = install_package(desk, Path(context.args.file))
    kind = context.texts.text(f"data_packages.kind.{package.kind.value}")
    line = context.texts.text("data_packages.taken", kind=kind, version=package.waiting)
    return CommandOutcome(package_row(package), (line,))


def list_packages(context: CommandContext) -> CommandOutcome:
    """What is in force."""
    with context.session() as desk:
        packages = packages_in_force(desk)
    texts = context.texts
    lines = tuple(
        f"{texts.text(f'data_packages.kind.{package.kind.value}')}  {package.version}  "
        + (package.unit or texts.text("data_packages.own"))
        for package in packages
    )
    return CommandOutcome({"packs": [package_row(package) for package in packages]}, lines)


def _read(names: list[str]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    with disk_errors():
        for name in names:
            path = Path(name)
            for file in sorted(path.iterdir()) if path.is_dir() else (path,):
                if file.name in files:
                    raise UserInputError("pack.names")
                files[file.name] = read_brought(file)
    return files
