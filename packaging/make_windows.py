"""Makes the installer for Windows from a built program: ``FanzhaDesk-VERSION.exe``.

Usage: ``make_windows.py [--folder dist/fanzha] [--version V] [--out dist]``. Needs ``makensis``, on Windows or Linux.
The files of the folder become a list that the installer puts down and that the uninstaller takes away again; nothing
else is ever deleted.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path, PureWindowsPath
from typing import Final

from contents import own_version

ROOT: Final = Path(__file__).resolve().parent.parent
_SCRIPT: Final = Path(__file__).with_name("windows") / "fanzha.nsi"
_ICON: Final = ROOT / "resources" / "icons" / "program" / "fanzha.ico"
_PROGRAMS: Final = ("fanzha.exe", "FanzhaDesk.exe")


def lists(folder: Path) -> str:
    """The three macros over the files of ``folder``, in the script's language."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    put, remove = ["!macro PutFiles"], ["!macro RemoveFiles"]
    folders: set[PureWindowsPath] = set()
    last = None
    for path in files:
        inside = PureWindowsPath(path.relative_to(folder))
        if inside.parent != last:
            last = inside.parent
            put.append(f'  SetOutPath "{_place(last)}"')
        put.append(f'  File "{path}"')
        remove.append(f'  Delete "{_place(inside)}"')
        folders |= {above for above in inside.parents if str(above) != "."}
    deepest_first = sorted(folders, key=lambda above: (-len(above.parts), str(above)))
    # Without /r: a folder that holds something of somebody else's stays.
    remove += [f'  RMDir "{_place(above)}"' for above in deepest_first]
    ask = ["!macro AskFiles", *(f'  !insertmacro AskFile "{name}"' for name in _PROGRAMS)]
    return "\n".join(line for part in (put, remove, ask) for line in (*part, "!macroend")) + "\n"


def _place(inside: PureWindowsPath) -> str:
    name = str(inside)
    if "$" in name or '"' in name:
        raise ValueError("a name the installer would read as its own words")
    return "$INSTDIR" if name == "." else f"$INSTDIR\\{name}"


def make(folder: Path, version: str, out: Path, *, target: str = "amd64-unicode") -> Path:
    """The installer of ``folder``."""
    work = ROOT / "build" / "windows"
    work.mkdir(parents=True, exist_ok=True)
    listing = work / "files.nsh"
    listing.write_text(lists(folder), "utf-8-sig")
    installer = out / f"FanzhaDesk-{version}.exe"
    numbers = ".".join([*version.split("."), "0", "0", "0", "0"][:4])
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 1024
    facts = {
        "VERSION": version,
        "NUMBERS": numbers,
        "OUT": installer.resolve(),
        "LISTS": listing,
        "ICON": _ICON,
        "SIZE": size,
    }
    defined = [f"-D{name}={value}" for name, value in facts.items()]
    subprocess.run(
        [
            "makensis",
            "-V2",
            "-WX",
            "-INPUTCHARSET",
            "UTF8",
            f"-XTarget {target}",
            *defined,
            str(_SCRIPT),
        ],
        check=True,
    )
    return installer


def main(arguments: list[str]) -> int:
    """0; raises what the disk and makensis do."""
    parser = argparse.ArgumentParser(prog="make_windows.py", description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "dist" / "fanzha")
    parser.add_argument("--version", default=own_version(ROOT))
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    args = parser.parse_args(arguments)
    target = make(args.folder, args.version, args.out)
    print(f"{target} {target.stat().st_size / 2**20:.1f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
