"""The installer for Windows over a folder of the program's layout, run under wine: what is put, kept, refused, removed.

The two programs of the folder are small ones made by makensis that do nothing for ten minutes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.packaging.scripts import load_script

pytestmark = [
    pytest.mark.packaging,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not shutil.which("makensis"), reason="there is no makensis"),
    pytest.mark.skipif(not shutil.which("wine"), reason="there is no wine"),
]

SLEEPER = """
Unicode true
SilentInstall silent
RequestExecutionLevel user
OutFile "{out}"
Section
  Sleep 600000
SectionEnd
"""
NETSH = """
Unicode true
SilentInstall silent
RequestExecutionLevel user
OutFile "{out}"
!include FileFunc.nsh
Section
  ${{GetParameters}} $0
  FileOpen $1 "C:\\netsh.log" a
  FileSeek $1 0 END
  FileWriteUTF16LE $1 "$0$\\n"
  FileClose $1
SectionEnd
"""
"""Stands in for Windows' own program and writes down what it was asked."""

EVERYBODY = Path("drive_c/Program Files/FanzhaDesk")
OPEN = 5
ITSELF = "uninstall.exe"
"""Waited for in its own place, the uninstaller can not delete its own file; by itself it works from a copy and does."""


def compiled(folder: Path, name: str, script: str) -> Path:
    out = folder / name
    source = folder / f"{name}.nsi"
    source.write_text(script.format(out=out), "utf-8")
    subprocess.run(["makensis", "-V1", "-XTarget amd64-unicode", str(source)], check=True)
    source.unlink()
    return out


@pytest.fixture(scope="module")
def windows() -> ModuleType:
    return load_script("make_windows")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, windows: ModuleType) -> dict[str, Path]:
    """Version → its installer. The second has a file more and one less."""
    top = tmp_path_factory.mktemp("windows")
    found = {}
    for version, files in (
        ("0.9.0", ("base.txt", "gone.txt")),
        ("1.0.0", ("base.txt", "资源/新.txt")),
    ):
        folder = top / version
        for name in files:
            path = folder / "_internal" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(version, "utf-8")
        shutil.copyfile(compiled(folder, "FanzhaDesk.exe", SLEEPER), folder / "fanzha.exe")
        found[version] = windows.make(folder, version, top)
    return found


class Wine:
    """A Windows of its own for each test."""

    def __init__(self, prefix: Path) -> None:
        self.prefix = prefix
        self.environment = os.environ | {
            "WINEPREFIX": str(prefix),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree=;mshtml=;winemenubuilder.exe=;netsh.exe=n",
            "LC_ALL": "C.UTF-8",
        }
        self.environment.pop("DISPLAY", None)

    def run(self, program: Path | str, *options: str) -> int:
        # No pipe: wine's own services, which the first program starts, would keep it open after the program has ended.
        done = subprocess.run(
            ["wine", str(program), *options],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            timeout=300,
        )
        return done.returncode

    def start(self, program: Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            ["wine", str(program)], env=self.environment, stderr=subprocess.DEVNULL
        )

    def registry(self, key: str) -> str:
        """Everything below a key; what ``reg query`` prints knows no Chinese."""
        self.run("reg", "export", key, r"C:\told.reg", "/y")
        told = self.prefix / "drive_c/told.reg"
        return told.read_text("utf-16").replace("\\\\", "\\") if told.exists() else ""

    def end(self) -> None:
        subprocess.run(["wineserver", "-k"], env=self.environment, check=False)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Windows in which nothing was installed yet."""
    top = tmp_path_factory.mktemp("wine")
    wine = Wine(top / "fresh")
    wine.run("wineboot", "-i")
    subprocess.run(["wineserver", "-w"], env=wine.environment, check=False, timeout=300)
    netsh = wine.prefix / "drive_c/windows/system32/netsh.exe"
    compiled(top, "netsh.exe", NETSH).replace(netsh)
    return wine.prefix


@pytest.fixture
def wine(tmp_path: Path, fresh: Path) -> Iterator[Wine]:
    wine = Wine(tmp_path / "窗口 wine")
    shutil.copytree(fresh, wine.prefix, symlinks=True)
    yield wine
    wine.end()


def removed(wine: Wine, folder: Path, option: str) -> int:
    """Waited for: by itself the uninstaller leaves the work to a copy. "_?" takes no quotes, hence the script."""
    inside = f"C:\\{folder.relative_to(wine.prefix / 'drive_c')}".replace("/", "\\")
    if " " not in inside:
        return wine.run(folder / "uninstall.exe", "/S", option, f"_?={inside}")
    script = wine.prefix / "drive_c" / "remove.bat"
    script.write_text(
        f'@"{inside}\\uninstall.exe" /S {option} _?={inside}\r\n@exit /b %errorlevel%\r\n'
    )
    return wine.run("cmd", "/c", "C:\\remove.bat")


def asked_of_netsh(wine: Wine) -> str:
    log = wine.prefix / "drive_c/netsh.log"
    return log.read_bytes().decode("utf-16-le") if log.exists() else ""


def test_installed_for_everybody_upgraded_and_removed(wine: Wine, built: dict[str, Path]) -> None:
    data = wine.prefix / "drive_c/users/root/AppData/Local/FanzhaDesk/desk.db"
    data.parent.mkdir(parents=True)
    data.write_bytes(b"journal")
    folder = wine.prefix / EVERYBODY
    assert wine.run(built["0.9.0"], "/S", "/AllUsers") == 0
    assert (folder / "_internal/gone.txt").read_text("utf-8") == "0.9.0"
    (folder / "_internal/名单.txt").write_text("by hand", "utf-8")
    assert wine.run(built["1.0.0"], "/S", "/AllUsers") == 0
    assert not (folder / "_internal/gone.txt").exists()
    assert (folder / "_internal/资源/新.txt").read_text("utf-8") == "1.0.0"
    told = wine.registry(r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall\FanzhaDesk")
    assert '"DisplayVersion"="1.0.0"' in told
    rules = asked_of_netsh(wine)
    for name in ("FanzhaDesk.exe", "fanzha.exe"):
        program = rf'program="C:\Program Files\FanzhaDesk\{name}"'
        assert (
            f'add rule name="Fanzha Desk offline" dir=out action=block {program} enable=yes'
            in rules
        )
    assert removed(wine, folder, "/AllUsers") == 0
    left = {path.name for path in folder.rglob("*") if path.is_file()}
    assert left == {"名单.txt", ITSELF}, "what somebody put there stays, and nothing of ours"
    assert data.read_bytes() == b"journal"
    assert 'delete rule name="Fanzha Desk offline"' in asked_of_netsh(wine)


def test_installed_for_oneself_into_a_folder_with_a_chinese_name(
    wine: Wine, built: dict[str, Path]
) -> None:
    folder = wine.prefix / "drive_c/派出所程序"
    assert wine.run(built["1.0.0"], "/S", "/CurrentUser", "/D=C:\\派出所程序") == 0
    assert (folder / "FanzhaDesk.exe").is_file()
    assert "派出所程序" in wine.registry(r"HKCU\Software\FanzhaDesk")
    opens = wine.registry(r"HKCU\Software\Classes\FanzhaDesk.Bundle")
    assert r"FanzhaDesk.exe\" open \"%1\"" in opens
    assert asked_of_netsh(wine) == "", "only an administrator sets rules"
    assert removed(wine, folder, "/CurrentUser") == 0
    assert [path.name for path in folder.rglob("*")] == [ITSELF]


def test_a_centre_that_uses_a_server_gets_no_rule(wine: Wine, built: dict[str, Path]) -> None:
    assert wine.run(built["1.0.0"], "/S", "/AllUsers", "/NOFIREWALL") == 0
    assert asked_of_netsh(wine) == ""


def test_nothing_is_changed_while_the_program_is_open(wine: Wine, built: dict[str, Path]) -> None:
    folder = wine.prefix / EVERYBODY
    assert wine.run(built["0.9.0"], "/S", "/AllUsers") == 0
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    open_window = wine.start(folder / "FanzhaDesk.exe")
    try:
        status = wine.run(built["1.0.0"], "/S", "/AllUsers")
        assert status == OPEN
        assert removed(wine, folder, "/AllUsers") == OPEN
        assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    finally:
        wine.end()
        open_window.wait(60)


def test_a_name_that_the_installer_would_read_as_its_own_words_is_refused(
    windows: ModuleType, tmp_path: Path
) -> None:
    (tmp_path / "$INSTDIR").write_text("", "utf-8")
    with pytest.raises(ValueError, match="own words"):
        windows.lists(tmp_path)
