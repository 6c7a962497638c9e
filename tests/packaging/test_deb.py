"""The Debian package over a small folder: what lies where, what Debian's tools say of it, what its scripts refuse."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from tests.architecture.sources import ROOT
from tests.packaging.scripts import load_script

pytestmark = [
    pytest.mark.packaging,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="there is no dpkg-deb"),
]


@pytest.fixture(scope="module")
def make() -> ModuleType:
    return load_script("make_deb")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory, make: ModuleType) -> Path:
    top = tmp_path_factory.mktemp("deb")
    folder = top / "fanzha"
    (folder / "_internal").mkdir(parents=True)
    shutil.copy("/bin/true", folder / "fanzha")
    (folder / "_internal" / "表.txt").write_text("data", "utf-8")
    (folder / "_internal" / "verify.py").write_text("#!/usr/bin/env python3\nprint()\n", "utf-8")
    return Path(make.make(folder, "9.9.9", top, 1_790_000_000))


@pytest.fixture(scope="module")
def tree(package: Path) -> Path:
    target = package.parent / "tree"
    subprocess.run(["dpkg-deb", "-R", str(package), str(target)], check=True)
    return target


def test_desktop_icons_types_manual_and_completion_are_where_the_desktop_looks(tree: Path) -> None:
    assert (tree / "usr/bin/fanzha").readlink() == Path("/opt/fanzha-desk/fanzha")
    assert os.access(tree / "opt/fanzha-desk/fanzha", os.X_OK)
    entry = (tree / "usr/share/applications/fanzha-desk.desktop").read_text("utf-8")
    assert "Name[zh_CN]=反诈接警台" in entry
    for size in (16, 48, 256):
        assert (tree / f"usr/share/icons/hicolor/{size}x{size}/apps/fanzha-desk.png").is_file()
    for folder, word in (("man1", "options"), ("zh_CN/man1", "选项")):
        page = gzip.decompress((tree / f"usr/share/man/{folder}/fanzha.1.gz").read_bytes()).decode()
        assert "selftest" in page
        assert word in page.lower()
    completion = (tree / "usr/share/bash-completion/completions/fanzha").read_text("utf-8")
    assert "selftest" in completion


@pytest.mark.skipif(
    not shutil.which("desktop-file-validate"), reason="there is no desktop-file-validate"
)
def test_the_menu_entry_is_valid(tree: Path) -> None:
    entry = tree / "usr/share/applications/fanzha-desk.desktop"
    subprocess.run(["desktop-file-validate", str(entry)], check=True)


@pytest.mark.skipif(not shutil.which("update-mime-database"), reason="there is no shared-mime-info")
def test_bundles_and_cards_are_known_by_their_names(tree: Path) -> None:
    place = tree / "usr/share/mime"
    subprocess.run(["update-mime-database", str(place)], check=True, capture_output=True)
    globs = (place / "globs2").read_text("utf-8")
    assert "80:application/vnd.fanzha.bundle:*.fzb" in globs
    assert "80:application/vnd.fanzha.card:*.fanzha-card.txt" in globs


@pytest.mark.skipif(not shutil.which("lintian"), reason="there is no lintian")
def test_lintian_has_nothing_to_say(package: Path) -> None:
    done = subprocess.run(
        ["lintian", "--fail-on", "error,warning", "--allow-root", str(package)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(not shutil.which("apparmor_parser"), reason="there is no apparmor_parser")
def test_the_profile_denies_the_network_unless_the_tunable_says_otherwise(
    tree: Path, tmp_path: Path
) -> None:
    base = tmp_path / "apparmor.d"
    shutil.copytree("/etc/apparmor.d", base)
    share = tree / "opt/fanzha-desk/share"
    shutil.copy(share / "apparmor", base / "fanzha-desk")
    compiled = {}
    for answer in ("false", "true"):
        text = (share / "apparmor-tunable").read_text("utf-8").replace("= false", f"= {answer}")
        (base / "tunables/fanzha-desk").write_text(text, "utf-8")
        done = subprocess.run(
            ["apparmor_parser", "-Q", "-K", "-S", "--base", str(base), str(base / "fanzha-desk")],
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        compiled[answer] = done.stdout
    assert compiled["true"] != compiled["false"]


def test_nothing_is_asked_and_no_file_of_ours_is_a_conffile(tree: Path) -> None:
    inside = {path.name for path in (tree / "DEBIAN").iterdir()}
    assert not inside & {"conffiles", "config", "templates"}
    for script in ("preinst", "prerm", "postinst", "postrm"):
        subprocess.run(["sh", "-n", str(tree / "DEBIAN" / script)], check=True)


@pytest.mark.parametrize(
    ("script", "action"), [("preinst", "upgrade"), ("prerm", "remove"), ("prerm", "upgrade")]
)
def test_the_scripts_refuse_while_the_program_runs(
    tree: Path, tmp_path: Path, script: str, action: str
) -> None:
    """The program is another one here: the path in the scripts is changed to that of a sleeping one."""
    sleeper = tmp_path / "fanzha"
    shutil.copy(shutil.which("sleep") or "", sleeper)
    text = (
        (tree / "DEBIAN" / script)
        .read_text("utf-8")
        .replace("/opt/fanzha-desk/fanzha", str(sleeper))
    )
    ours = tmp_path / script
    ours.write_text(text, "utf-8")
    command = ["sh", str(ours), action, "9.9.9"]
    assert subprocess.run(command, check=False).returncode == 0
    with subprocess.Popen([str(sleeper), "600"]) as running:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        running.kill()
    assert done.returncode == 1
    assert "正在运行" in done.stderr
    assert str(running.pid) in done.stderr


def test_removal_says_where_the_data_stay(tree: Path) -> None:
    text = (tree / "DEBIAN/postrm").read_text("utf-8")
    assert "~/.local/share/fanzha-desk" in text
    assert "rm -rf" not in text
    assert str(ROOT) not in text
