"""The measure of how long the windows wait: that it measures an exchange which takes place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop.bench.material import material
from desktop.bench.windows.gaps import Gap
from desktop.bench.windows.stalling import stalling
from tests.support.strict import all_of

_ENTRIES = 12
_PHASES = ("export", "look", "ingest", "receipt_look", "receipt")


@pytest.mark.usefixtures("qapp")
def test_what_is_watched_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANZHA_BENCH_DIR", os.fspath(tmp_path))
    with material() as made:
        rows = list(stalling(made, _ENTRIES, 8 << 20, after_ms=0))
        with made.centre.store.read() as reader:
            arrived = len(reader.board())
        with made.session.store.read() as reader:
            waiting = reader.pending(made.centre.profile.device)
    assert arrived == _ENTRIES // 2 + 1  # and the case that has the files
    assert waiting is not None
    assert waiting.blobs == 0  # the receipt was taken in
    watched = [row.name for row in rows if row.name.endswith("_largest")]
    assert watched == [f"stalls_{phase}_largest" for phase in _PHASES]
    assert all_of(row.value > 0 for row in rows if row.name in watched)


def test_the_wait_for_a_core_is_nobodys_stall() -> None:
    gap = Gap(0.080, 0.060)
    assert gap.own == pytest.approx(0.020)
    assert Gap(0.010, 0.011).own == 0
