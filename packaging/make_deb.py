"""Makes the Debian package of a built program: ``fanzha-desk_VERSION_amd64.deb``.

Usage: ``make_deb.py [--folder dist/fanzha] [--version V] [--out dist]``. The program goes to ``/opt/fanzha-desk``; menu
entry, icons, file types, manual and completion where the desktop looks for them. What it depends on is the list of
system libraries in ``floor.toml``. Needs dpkg-deb and the packages of the lock.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Final

import shtab
from argparse_manpage.manpage import Manpage
from contents import own_version
from floor import Policy

ROOT: Final = Path(__file__).resolve().parent.parent
NAME: Final = "fanzha-desk"
HOME: Final = Path("opt", NAME)
_PARTS: Final = Path(__file__).with_name("deb")
_MAINTAINER: Final = "Fanzha Desk <fanzha-desk@localhost>"
_SCRIPTS: Final = ("preinst", "prerm", "postinst", "postrm")
_MANUALS: Final = {"en": "usr/share/man/man1", "zh_CN": "usr/share/man/zh_CN/man1"}
_RECOMMENDS: Final = "cups, xdg-desktop-portal, udisks2"


def make(folder: Path, version: str, out: Path, epoch: int) -> Path:
    """The package of ``folder``; ``epoch``: what its files say of their time."""
    tree = ROOT / "build" / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(folder, tree / HOME, symlinks=True)
    share = tree / HOME / "share"
    share.mkdir()
    for name in ("apparmor", "apparmor-tunable"):
        shutil.copyfile(_PARTS / name, share / name)
    link(tree / "usr/bin/fanzha", f"/{HOME.as_posix()}/fanzha")
    put(
        tree / "usr/share/applications/fanzha-desk.desktop",
        (_PARTS / "fanzha-desk.desktop").read_bytes(),
    )
    put(tree / "usr/share/mime/packages/fanzha-desk.xml", (_PARTS / "fanzha-desk.xml").read_bytes())
    put(
        tree / "usr/share/lintian/overrides/fanzha-desk",
        (_PARTS / "lintian-overrides").read_bytes(),
    )
    icons(tree)
    manuals(tree)
    documents(tree, folder, version, epoch)
    control(tree, version)
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            path.chmod(mode_of(path, tree))
        os.utime(path, (epoch, epoch), follow_symlinks=False)
    target = out / f"{NAME}_{version}_amd64.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "-z9", "--build", str(tree), str(target)],
        check=True,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(epoch)},
    )
    return target


def put(path: Path, data: bytes) -> None:
    """A file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def link(path: Path, target: str) -> None:
    """A symbolic link and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


def mode_of(path: Path, tree: Path) -> int:
    """What is started may be executed; everything else is only read."""
    name = path.relative_to(tree).as_posix()
    started = path.is_dir() or name == f"{HOME.as_posix()}/fanzha" or path.name in _SCRIPTS
    return 0o755 if started else 0o644


def icons(tree: Path) -> None:
    """The program's icon in every size the theme knows."""
    drawn = ROOT / "resources" / "icons" / "program"
    theme = tree / "usr/share/icons/hicolor"
    for picture in drawn.glob("fanzha-*.png"):
        size = picture.stem.removeprefix("fanzha-")
        put(theme / f"{size}x{size}/apps/{NAME}.png", picture.read_bytes())
    put(theme / f"scalable/apps/{NAME}.svg", (drawn / "fanzha.svg").read_bytes())


def manuals(tree: Path) -> None:
    """Manual pages in both languages and the shells' completion, from the parser itself."""
    from desktop.cli.main import build_parser, speak  # noqa: PLC0415 - the program is imported for this alone
    from desktop.runtime.texts.catalogue import Catalogue  # noqa: PLC0415 - as above

    for language, folder in _MANUALS.items():
        texts = Catalogue.load(language)
        speak(texts)
        page = str(Manpage(build_parser(texts), format="single-commands-section"))
        page = page.replace(
            ".SH NAME\nfanzha", f".SH NAME\nfanzha \\- {texts.text('cli.about')}", 1
        )
        put(tree / folder / "fanzha.1.gz", gzip.compress(page.encode(), 9, mtime=0))
    parser = build_parser(Catalogue.load("en"))
    for shell, place in (
        ("bash", "usr/share/bash-completion/completions/fanzha"),
        ("zsh", "usr/share/zsh/vendor-completions/_fanzha"),
    ):
        put(tree / place, shtab.complete(parser, shell=shell).encode())


def documents(tree: Path, folder: Path, version: str, epoch: int) -> None:
    """Copyright with every part's licence, and the changelog."""
    place = tree / "usr/share/doc" / NAME
    listing: dict[str, Any] = {"parts": []}
    found = list(folder.rglob("contents.json"))
    if found:
        listing = json.loads(found[0].read_text("utf-8"))
    lines = [
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/",
        f"Upstream-Name: {NAME}",
        f"Comment: texts of the licences: /{HOME.as_posix()}/_internal/licences;",
        f" every part with its version and digest: /{HOME.as_posix()}/_internal/sbom.cdx.json",
        "",
        "Files: *",
        "Copyright: 2026 the authors of Fanzha Desk",
        "License: Apache-2.0",
        " On Debian systems the text is in /usr/share/common-licenses/Apache-2.0.",
    ]
    for part in listing["parts"]:
        if part["kind"] != "own":
            lines += ["", f"Files: {HOME.as_posix()}/_internal/{part['name']}*"]
            lines += [f"Copyright: the authors of {part['name']}, see the texts"]
            lines += [f"License: {part['licence']}", f" {part['name']} {part['version']}"]
    put(place / "copyright", ("\n".join(lines) + "\n").encode())
    day = format_datetime(datetime.fromtimestamp(epoch, UTC))
    change = (
        f"{NAME} ({version}) stable; urgency=medium\n\n"
        f"  * See the changelog of the program.\n\n -- {_MAINTAINER}  {day}\n"
    )
    put(place / "changelog.gz", gzip.compress(change.encode(), 9, mtime=0))
    own = (ROOT / "CHANGELOG.md").read_bytes()
    put(place / "CHANGELOG.md.gz", gzip.compress(own, 9, mtime=0))


def control(tree: Path, version: str) -> None:
    """What dpkg reads: description, dependencies, digests, and the scripts that refuse to work under an open window."""
    files = [path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink()]
    digests = "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(tree).as_posix()}\n"
        for path in files
    )
    size = sum(path.stat().st_size for path in files) // 1024
    fields = {
        "Package": NAME,
        "Version": version,
        "Architecture": "amd64",
        "Maintainer": _MAINTAINER,
        "Installed-Size": str(size),
        "Depends": ", ".join(Policy.load().depends()),
        "Recommends": _RECOMMENDS,
        "Section": "misc",
        "Priority": "optional",
        "Homepage": "https://localhost/fanzha-desk",
        "Description": (
            "desk for reports of telecom and online fraud, offline\n"
            " Front-desk officers of police stations take reports, start the emergency\n"
            " stop-payment, fix evidence, follow every order against its clock, and carry\n"
            " everything to the city's anti-fraud centre in signed, sealed bundles.\n"
            " .\n"
            " 反诈接警台：派出所前台接报电信网络诈骗案件，止付、固证、逐项计时，\n"
            " 用签名加密的数据包离线送市反诈中心。"
        ),
    }
    put(
        tree / "DEBIAN/control",
        "".join(f"{key}: {value}\n" for key, value in fields.items()).encode(),
    )
    put(tree / "DEBIAN/md5sums", digests.encode())
    running = (_PARTS / "running.sh").read_text("utf-8")
    for name in _SCRIPTS:
        script = (_PARTS / name).read_text("utf-8").replace("#RUNNING#\n", running)
        put(tree / "DEBIAN" / name, script.encode())


def main(arguments: list[str]) -> int:
    """0; raises what the disk and dpkg-deb do."""
    parser = argparse.ArgumentParser(prog="make_deb.py", description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "dist" / "fanzha")
    parser.add_argument("--version", default=own_version(ROOT))
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    args = parser.parse_args(arguments)
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH", "0")) or int(
        (ROOT / "CHANGELOG.md").stat().st_mtime
    )
    target = make(args.folder, args.version, args.out, epoch)
    print(f"{target} {target.stat().st_size / 2**20:.1f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
