"""What the windows before sign-in offer: the way in, the ways back, and each step of the first start."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.domain.errors import WorldError
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.sign_in.setup_window import SetupWindow
from desktop.ui.sign_in.sign_in_window import SignInWindow
from tests.ui.pages.controls import expect_controls, read_table
from tests.ui.pages.sign_in import SetupPage, SignInPage
from tests.ui.sign_in.conftest import KeyFile

SIGN_IN = read_table("""
                        asked refused damaged initial recovery
    new_password        -     -       -       -       on
    officer_number      on    on      on      -       -
    own_back            -     -       -       on      -
    own_new_password    -     -       -       on      -
    own_repeat_password -     -       -       on      -
    own_submit          -     -       -       on      -
    password            on    on      on      -       -
    recover_back        -     -       -       -       on
    recover_number      -     -       -       -       on
    recover_submit      -     -       -       -       on
    recovery_code       -     -       -       -       on
    repeat_password     -     -       -       -       on
    sign_in_submit      on    on      on      -       -
    switch_language     on    on      on      on      on
    switch_theme        on    on      on      on      on
    use_recovery_code   on    on      on      -       -
""")
SETUP = read_table("""
                             role unit officer code
    code_print               -    -    -       on
    code_proof               -    -    -       on
    device_letter            -    on   -       -
    duty_phone               -    on   -       -
    new_password             -    -    on      -
    repeat_password          -    -    on      -
    setup_back               -    on   on      -
    setup_name               -    -    on      -
    setup_next               on   on   on      on
    setup_number             -    -    on      -
    setup_join               on   -    -       -
    setup_restore            on   -    -       -
    setup_role_choice_centre on   -    -       -
    setup_role_choice_desk   on   -    -       -
    step_code                off  off  off     off
    step_officer             off  off  off     off
    step_role                off  off  off     off
    step_unit                off  off  off     off
    switch_language          on   on   on      on
    switch_theme             on   on   on      on
    unit_code                -    on   -       -
    unit_name                -    on   -       -
""")


def test_whoever_can_not_sign_in_is_offered_another_way(
    kit: Kit, qtbot: QtBot, key_file: KeyFile
) -> None:
    window = SignInWindow(kit, key_file.calls, unit_name="张掖路派出所")
    qtbot.addWidget(window)
    page = SignInPage(qtbot, window)
    page.show()
    expect_controls(window, SIGN_IN, "asked")
    page.sign_in("620134", "wrong")
    expect_controls(window, SIGN_IN, "refused")
    key_file.error = WorldError("database.damaged")
    page.sign_in("620134", "Right-word-7")
    expect_controls(window, SIGN_IN, "damaged")
    key_file.error, key_file.initial = None, True
    page.sign_in("620134", "Right-word-7")
    expect_controls(window, SIGN_IN, "initial")
    window = SignInWindow(kit, key_file.calls, unit_name="张掖路派出所")
    qtbot.addWidget(window)
    page = SignInPage(qtbot, window)
    page.show()
    page.click("use_recovery_code")
    expect_controls(window, SIGN_IN, "recovery")


def test_each_step_of_the_first_start_offers_its_questions(
    kit: Kit, qtbot: QtBot, key_file: KeyFile
) -> None:
    window = SetupWindow(kit, key_file.calls)
    qtbot.addWidget(window)
    page = SetupPage(qtbot, window)
    page.show()
    qtbot.waitUntil(window.isActiveWindow)
    expect_controls(window, SETUP, "role")
    page.on()
    expect_controls(window, SETUP, "unit")
    page.unit("张掖路派出所", "620102540000")
    expect_controls(window, SETUP, "officer")
    page.officer("王建国", "620134", "Right-word-7")
    expect_controls(window, SETUP, "code")
