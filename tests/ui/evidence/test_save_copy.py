"""A copy goes whole onto a medium, or nothing is written and both figures are told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import WorldError
from desktop.domain.exchange.volumes import MediumFacts
from desktop.domain.progress import SILENT
from desktop.ui.evidence import checking as saving
from desktop.ui.evidence.checking import save_copy
from tests.support.error_texts import assert_error
from tests.ui.evidence.fakes import EvidenceInHand


def test_a_film_longer_than_the_stick_takes_is_reported_before_anything_is_written(
    port: EvidenceInHand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fat = MediumFacts("STICK", "vfat", 1 << 40, (1 << 32) - 1)
    monkeypatch.setattr(saving, "medium_facts", lambda _: fat)
    port.add("录像.mp4", b"film")
    long = replace(port.rows[0], size=5 << 30)
    with pytest.raises(WorldError) as caught:
        save_copy(port, long, tmp_path / "录像.mp4", SILENT)
    assert_error(caught.value, "disk.file_limit")
    assert caught.value.params["size"] == "5.0 GB"
    assert not list(tmp_path.iterdir())
    assert save_copy(port, port.rows[0], tmp_path / "录像.mp4", SILENT).read_bytes() == b"film"


def test_too_little_room_is_reported_before_anything_is_written(
    port: EvidenceInHand, tmp_path: Path
) -> None:
    port.add("录像.mp4", b"film")
    huge = replace(port.rows[0], size=1 << 60)
    with pytest.raises(WorldError) as caught:
        save_copy(port, huge, tmp_path / "录像.mp4", SILENT)
    assert_error(caught.value, "disk.not_enough")
    assert not list(tmp_path.iterdir())
