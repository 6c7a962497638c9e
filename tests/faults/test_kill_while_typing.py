"""``kill -9`` while an officer types: what the window said was saved is there when it is opened again."""

from __future__ import annotations

import random  # noqa: TID251 - repeatable moments, no secret
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.domain.progress import SILENT
from desktop.services.cases.form.drafts import open_drafts
from desktop.services.health import check_health
from tests.architecture.sources import ROOT
from tests.support.installations import OFFICER, PASSWORD, make_desk
from tests.support.sweep import EVERY

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
KILLS = 50 if EVERY else 2


def test_a_draft_survives_with_all_that_was_saved(tmp_path: Path) -> None:
    installation = make_desk(tmp_path / "desk")
    moments = random.Random(20261124)  # noqa: S311 - repeatable, no secret
    for _ in range(KILLS):
        saved = killed_after(tmp_path / "desk", moments.randint(1, 12))
        session = installation.sign_in(OFFICER, PASSWORD)
        assert check_health(session, SILENT) == ()
        longest = max(len(draft.form.narrative) for draft in open_drafts(session))
        assert longest >= saved
        installation.close()


def killed_after(root: Path, lines: int) -> int:
    """Let the typist type until it acknowledged ``lines`` saves, then kill it; how many it had acknowledged."""
    command = [sys.executable, "-m", "tests.support.typist", str(root)]
    typist = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert typist.stdout is not None
    told = [typist.stdout.readline() for _ in range(lines)]
    typist.kill()
    told += typist.stdout.read().splitlines(keepends=True)
    typist.wait()
    whole = [line for line in told if line.endswith(b"\n")]
    assert len(whole) >= lines, "the typist died before it was killed"
    return int(whole[-1])
