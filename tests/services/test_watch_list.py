"""The watch list: digests of what several cases hold, read strictly, and a warning while somebody types."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.analysis.case_linker import Linker
from desktop.domain.errors import WorldError
from desktop.domain.series.hub_list import HubList
from desktop.domain.series.watch_list import Watched, watch_digest
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.watch_list import FILE, load_watch_list, watch_file
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.read_form import hints
from desktop.services.series.decide_link import mark_hub
from desktop.services.series.list_watched import list_watched
from desktop.services.session import Session
from tests.support.sessions import a_form

CARD = "6230520010037788996"


@pytest.fixture
def linking(centre: Session) -> Session:
    return replace(centre, linker=Linker(HubList(), lambda _number: None))


@pytest.mark.usefixtures("free_centre")
def test_what_several_cases_hold_warns_the_next_desk(
    linking: Session, session: Session, tmp_path: Path
) -> None:
    for name in ("李秀兰", "周卫东", "宋涛"):
        register_report(linking, a_form(linking, name))
    rows = list_watched(linking)
    assert rows == ((watch_digest(CARD), Watched(3, 1)),)
    (tmp_path / FILE).write_bytes(watch_file("2026-12-01", rows))
    assert CARD not in (tmp_path / FILE).read_text("utf-8")
    watching = replace(session, watch=load_watch_list(tmp_path))
    form = a_form(watching)
    found = hints(watching, form, watching.clock.now())["transfers.0.payee_account"]
    assert (found.state, found.code, found.params) == (
        "bad",
        "hints.watched",
        {"cases": 3, "units": 1},
    )
    spaced = replace(
        form, transfers=(replace(form.transfers[0], payee_account="6230 5200 1003 7788 996"),)
    )
    assert hints(watching, spaced, watching.clock.now())["transfers.0.payee_account"] == found
    other = replace(form, transfers=(replace(form.transfers[0], payee_account="6230********8996"),))
    assert (
        hints(watching, other, watching.clock.now())["transfers.0.payee_account"].code
        != "hints.watched"
    )
    mark_hub(linking, CARD, hub=True)
    assert list_watched(linking) == ()


def test_the_programs_own_list_is_empty() -> None:
    own = load_watch_list(resource_path("watch"))
    assert (own.version, dict(own.entries)) == ("2026-01-01", {})
    assert own.find(CARD) is None


@pytest.mark.parametrize(
    "text",
    [
        "", "version\tgestern\n", "version\t2026-12-01\nkurz\t3\t1\n",
        f"version\t2026-12-01\n{'a' * 32}\tdrei\t1\n", f"version\t2026-12-01\n{'a' * 32}\t3\n",
    ],
)  # fmt: skip
def test_a_list_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, "utf-8")
    with pytest.raises(WorldError, match=r"pack\.unfit"):
        load_watch_list(tmp_path)
