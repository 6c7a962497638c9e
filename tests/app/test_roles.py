"""The window of an officer whose roles open less than everything: calm words, no errors, nothing personal."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desktop.app.installation import Installation
from desktop.app.windows.screens import ClosedPage
from desktop.app.windows.window import Program
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Officer, Permission, Role
from desktop.domain.installation.profile import FirstRun, InstallationRole
from desktop.domain.orders.order import OrderKind
from desktop.services.cases.changes.register_report import register_report
from desktop.services.officers.enrol_officer import enrol_officer
from desktop.services.orders.issue_order import issue_order
from desktop.ui.audit.audit_screen import AuditScreen
from desktop.ui.settings.officers_card import OfficersCard
from desktop.ui.shared.dialogs.error_presenter import ErrorDialog
from desktop.ui.shared.kit.task_runner import InlineTaskRunner
from desktop.ui.shared.orders.ordering.actions import OrderActDialog
from desktop.ui.shared.widgets.input.drives import SystemDrives
from tests.support.installations import OFFICER, PASSWORD, machine, make_centre, make_desk
from tests.support.sessions import a_form
from tests.ui.pages.controls import expect_controls, read_table
from tests.ui.pages.errors import close_error

CLOSED = {
    Role.ADMINISTRATOR: {"intake", "board", "case", "orders"},
    Role.CUSTODIAN: {"intake"},
    Role.FRONT_DESK: set[str](),
    Role.INVESTIGATOR: set[str](),
    Role.APPROVER: set[str](),
    Role.DISPATCHER: set[str](),
}
SETTINGS = read_table("""
                            administrator custodian front_desk investigator approver dispatcher
    backup_make             off           -         off        off          off      off
    backup_make_whole       off           -         off        off          off      off
    backup_target           on            -         on         on           on       on
    clock_compare           on            -         on         on           on       on
    clock_official          on            -         on         on           on       on
    database_check          on            on        on         on           on       on
    drill_choose            on            -         on         on           on       on
    duty_phone              on            -         -          -            -        -
    duty_phone_save         on            -         -          -            -        -
    idle_minutes_10         on            on        on         on           on       on
    idle_minutes_15         on            on        on         on           on       on
    idle_minutes_3          on            on        on         on           on       on
    idle_minutes_5          on            on        on         on           on       on
    language_en             on            on        on         on           on       on
    language_zh_CN          on            on        on         on           on       on
    officer_add             on            -         -          -            -        -
    officer_code            on            -         -          -            -        -
    officer_end             off           -         -          -            -        -
    officer_name            on            -         -          -            -        -
    officer_new_password    on            -         -          -            -        -
    officer_number          on            -         -          -            -        -
    officer_other           on            -         -          -            -        -
    officer_renew           off           -         -          -            -        -
    officer_repeat_password on            -         -          -            -        -
    officer_role            on            -         -          -            -        -
    own_new_password        on            on        on         on           on       on
    own_old_password        on            on        on         on           on       on
    own_password_change     on            on        on         on           on       on
    own_repeat_password     on            on        on         on           on       on
    pack_take               on            -         on         on           on       on
    rules_open              on            on        on         on           on       on
    shared_choose           on            -         on         on           on       on
    theme_dark              on            on        on         on           on       on
    theme_light             on            on        on         on           on       on
    theme_system            on            on        on         on           on       on
""")


@pytest.mark.parametrize("role", CLOSED)
def test_what_a_role_does_not_open_is_closed_calmly(
    qapp: QApplication, quick_folder: Path, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    monkeypatch.setattr(SystemDrives, "carried", lambda _drives: ())
    root = quick_folder / "desk"
    Installation(root, machine()).create(
        FirstRun(
            InstallationRole.DESK, "620102540000", "张掖路派出所", "A", OFFICER, "王建国",
            PASSWORD, (role,),
        )
    )  # fmt: skip
    program = Program(qapp, root, machine=machine(), runner=InlineTaskRunner())
    try:
        program.start()
        program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
        assert program.desk_window is not None
        window = program.desk_window.window
        pages = ("intake", "board", "case", "orders", "sync", "settings")
        for key in pages:
            window.show_page(key)
            qapp.sendPostedEvents()
        closed = {key for key in pages if isinstance(window.page(key), ClosedPage)}
        assert closed == CLOSED[role]
        expect_controls(window.page("settings"), SETTINGS, role.value)
        program.desk_window.navigator.new_intake()
        assert window.findChildren(ErrorDialog) == []
    finally:
        program.shut_down()


@pytest.mark.parametrize("at", InstallationRole)
@pytest.mark.parametrize("besides", [(), (Role.FRONT_DESK,)])
def test_who_only_audits_has_the_audit_and_the_settings_and_nothing_else(
    qapp: QApplication, quick_folder: Path, at: InstallationRole, besides: tuple[Role, ...]
) -> None:
    root = quick_folder / "place"
    roles = (Role.AUDITOR, *besides)
    Installation(root, machine()).create(
        FirstRun(at, "620102540000", "某单位", "A", OFFICER, "王建国", PASSWORD, roles)
    )
    program = Program(qapp, root, machine=machine(), runner=InlineTaskRunner())
    try:
        program.start()
        program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
        made = program.desk_window or program.centre_window
        assert made is not None
        window = made.window
        assert isinstance(window.page("audit"), AuditScreen)
        works = {"intake", "board", "case", "orders", "inbox", "dispatch", "sync", "series"}
        shown = {key for key in works if key in window.page_keys}
        assert bool(shown) is bool(besides)
        assert window.current_page == (
            "audit" if not besides else "board" if at == "desk" else "inbox"
        )
        for key in ("audit", "settings"):
            window.show_page(key)
            qapp.sendPostedEvents()
        assert window.findChildren(ErrorDialog) == []
        program.kit.ticks.tick()
        window.lock()
        assert window.locked
    finally:
        program.shut_down()


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.CUSTODIAN])
def test_orders_are_acted_on_by_who_may_order_and_looked_at_by_others(
    qapp: QApplication, quick_folder: Path, role: Role
) -> None:
    root, number, password = quick_folder / "desk", "620999", "Another-word-99"
    make_desk(root)
    program = Program(qapp, root, machine=machine(), runner=InlineTaskRunner())
    try:
        program.start()
        session = program.installation.sign_in(OFFICER, PASSWORD)
        case = register_report(session, a_form(session)).case
        issue_order(session, case, OrderKind.STOP, 1)
        enrol_officer(session, Officer(number, "李静", (role,)), password)
        program.installation.close()
        program.open_desk(program.installation.sign_in(number, password, f"{password}-own"))
        assert program.desk_window is not None
        orders = program.desk_window.orders
        program.desk_window.window.show_page("orders")
        model = orders.table.orders_model
        orders.table.setCurrentIndex(model.index(model.first_order(), 0))
        may = role is Role.FRONT_DESK
        for name, enabled in (("orders_slip", may), ("orders_act", True), ("orders_paper", True)):
            button = orders.findChild(QPushButton, name)
            assert button is not None
            assert button.isEnabled() is enabled, name
        act = orders.findChild(QPushButton, "orders_act")
        assert act is not None
        act.click()
        dialog = orders.window().findChild(OrderActDialog)
        assert dialog is not None
        names = {button.objectName() for button in dialog.findChildren(QPushButton)}
        acts = {name for name in names if name.startswith("act_")} - {"act_cancel"}
        assert (acts == {"act_sheet_"}) is not may
    finally:
        program.shut_down()


@pytest.mark.parametrize(
    ("role", "at", "writes"),
    [
        (Role.FRONT_DESK, InstallationRole.DESK, True),
        (Role.CUSTODIAN, InstallationRole.DESK, False),
        (Role.DISPATCHER, InstallationRole.CENTRE, False),
    ],
)
def test_the_page_of_a_case_offers_writing_to_who_may_write_there(
    qapp: QApplication, quick_folder: Path, role: Role, at: InstallationRole, *, writes: bool
) -> None:
    root = quick_folder / "place"
    Installation(root, machine()).create(
        FirstRun(at, "620102540000", "某单位", "A", OFFICER, "王建国", PASSWORD, (role,))
    )
    program = Program(qapp, root, machine=machine(), runner=InlineTaskRunner())
    try:
        program.start()
        program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
        window = program.desk_window or program.centre_window
        assert window is not None
        edit = window.case.findChild(QWidget, "case_edit")
        assert edit is not None
        assert edit.isHidden() is not writes
    finally:
        program.shut_down()


def test_a_centre_learns_that_it_edits_no_case_of_a_station(
    qapp: QApplication, quick_folder: Path
) -> None:
    root = quick_folder / "centre"
    make_centre(root)
    program = Program(qapp, root, machine=machine(), runner=InlineTaskRunner())
    try:
        program.start()
        program.open_desk(program.installation.sign_in("620001", PASSWORD))
        assert program.centre_window is not None
        program.centre_window.navigator.edit_case(CaseId("c1"))
        close_error("centre.reads_only")
    finally:
        program.shut_down()


@pytest.mark.parametrize(
    ("at", "usual"),
    [(InstallationRole.DESK, Role.FRONT_DESK), (InstallationRole.CENTRE, Role.DISPATCHER)],
)
def test_a_further_officer_is_by_default_one_who_does_the_work_of_the_place(
    qapp: QApplication, quick_folder: Path, at: InstallationRole, usual: Role
) -> None:
    root = quick_folder / "place"
    Installation(root, machine()).create(
        FirstRun(at, "620102540000", "某单位", "A", OFFICER, "王建国", PASSWORD)
    )
    program = Program(qapp, root, machine=machine(), runner=InlineTaskRunner())
    try:
        program.start()
        program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
        made = program.desk_window or program.centre_window
        assert made is not None
        (card,) = made.window.page("settings").findChildren(OfficersCard)
        assert card.role.value() == usual.value
        assert Officer("1", "a", (usual,)).may(
            Permission.DISPATCH if at is InstallationRole.CENTRE else Permission.WRITE_CASES
        )
    finally:
        program.shut_down()
