"""What the exchange offers: with and without a centre, with and without a stick, and by the bundle that is chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.pages.controls import expect_controls, read_table
from tests.ui.pages.evidence import files_of
from tests.ui.sync.conftest import MakePage, SyncDesk
from tests.ui.sync.samples import CardboardDrives, a_row
from tests.ui.sync.test_screen import TAKEN

TABLE = read_table("""
                     alone nothing pending stickless exported applied settled partial refused looked
    dialog_close     -     -       -       -         -        -       -       -       -       on
    enrol_approval   on    -       -       -         -        -       -       -       -       -
    enrol_own_card   on    -       -       -         -        -       -       -       -       -
    import_accept    -     -       -       -         -        -       -       -       -       on
    import_cancel    -     -       -       -         -        -       -       -       -       on
    sync_again       -     -       -       -         on       -       -       on      on      -
    sync_approval    -     on      on      on        on       on      on      on      on      -
    sync_export      -     on      on      off       on       on      on      on      on      -
    sync_history     -     -       -       -         on       on      on      on      on      -
    sync_import      -     on      on      on        on       on      on      on      on      -
    sync_own_card    -     on      on      on        on       on      on      on      on      -
    sync_parties     -     on      on      on        on       on      on      on      on      -
    sync_quarantine  -     off     off     off       off      off     off     off     off     -
    sync_slip_larger -     -       on      on        -        -       -       -       -       -
    sync_target      -     on      on      on        on       on      on      on      on      -
    sync_verify      -     on      on      on        on       on      on      on      on      -
""")
BUNDLES = {
    "exported": a_row("A-3", "exported"),
    "applied": a_row("C-1", "applied", outgoing=False),
    "settled": a_row("A-2", "acknowledged"),
    "partial": a_row("A-1", "partial", missing=("ab", "cd")),
    "refused": a_row("A-0", "refused"),
}


@pytest.mark.usefixtures("alone")
def test_without_a_centre_it_offers_the_two_steps_to_one(make_page: MakePage) -> None:
    expect_controls(make_page().widget, TABLE, "alone")


def test_what_is_pending_is_exported_where_there_is_a_stick(
    make_page: MakePage, desk: SyncDesk, drives: CardboardDrives
) -> None:
    expect_controls(make_page().widget, TABLE, "nothing")
    desk.stop()
    expect_controls(make_page().widget, TABLE, "pending")
    drives.drives = ()
    expect_controls(make_page().widget, TABLE, "stickless")


@pytest.mark.parametrize("state", BUNDLES)
def test_each_state_of_a_bundle_has_its_actions(
    make_page: MakePage, desk: SyncDesk, state: str
) -> None:
    desk.changed_status["bundles"] = (BUNDLES[state],)
    page = make_page()
    page.history.select_key(BUNDLES[state].number)
    expect_controls(page.widget, TABLE, state)


def test_a_bundle_is_looked_at_before_it_is_taken_in(
    make_page: MakePage, desk: SyncDesk, tmp_path: Path
) -> None:
    desk.applied = TAKEN
    page = make_page()
    page.drop(files_of(tmp_path))
    expect_controls(page.dialog("import_dialog").widget, TABLE, "looked")
