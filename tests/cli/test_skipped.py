"""Evidence that could not be taken along is told of where the officer looks, not only in the document."""

from __future__ import annotations

import shutil

from tests.cli.conftest import Place


def test_an_export_that_left_evidence_out_says_so(place: Place) -> None:
    station = place.station
    case = station.json("report", "add", place.report)["case"]
    photo = place.folder / "photo.png"
    photo.write_bytes(b"photo" * 500)
    station.json("evidence", "add", case, photo)
    shutil.rmtree(station.profile / "vault")
    said = station.say("bundle", "export", "--to", place.stick("lost"), lang="en")
    assert said.status == 1, "records left, but what was asked was not done"
    assert "NOT exported" in said.out
    again = station.say("--json", "bundle", "export", "--to", place.stick("again"))
    assert len(again.document["skipped"]) == 1
