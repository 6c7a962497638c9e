"""What can be pressed and filled in at the counter, in every state: the button of the stop first."""

from __future__ import annotations

import pytest

from desktop.ui.shared.kit.kit import Kit
from tests.support.held_runner import HeldRunner
from tests.ui.intake.test_visits import DISSUASION, ENQUIRY, TIP, take
from tests.ui.pages.controls import expect_controls, read_table
from tests.ui.pages.intake import IntakePage

STEPS = read_table("""
                     money reporter story leads evidence papers enquiry tip dissuasion
    add_party        -     on       -     -     -        -      -       -   -
    add_transfer     on    -        -     -     -        -      -       -   -
    answers.*        -     -        on    -     -        -      on      -   on
    attempted        on    -        -     -     -        -      -       -   -
    circumstances.*  -     -        on    -     -        -      -       -   -
    done             -     -        -     -     -        on     -       -   -
    flag_*           -     -        on    -     -        -      on      -   on
    later            on    on       on    on    on       on     on      on  on
    lead_add         -     -        -     on    -        -      -       on  -
    lead_kind        -     -        -     on    -        -      -       on  -
    lead_note        -     -        -     on    -        -      -       on  -
    lead_value       -     -        -     on    -        -      -       on  -
    narrative        -     -        on    -     -        -      on      -   on
    onward           on    on       on    on    on       -      on      on  on
    papers           -     -        -     -     -        on     -       -   -
    paste            on    on       on    on    -        on     on      on  on
    questions_next   -     -        on    -     -        -      on      -   on
    read_file        on    -        -     -     -        -      -       -   -
    register         -     -        -     -     -        on     -       -   -
    reported_by_agent    -   on       -     -     -        -      -       -   -
    reported_by_guardian -   on       -     -     -        -      -       -   -
    reported_by_handler  -   on       -     -     -        -      -       -   -
    reported_by_other    -   on       -     -     -        -      -       -   -
    reported_by_self     -   on       -     -     -        -      -       -   -
    reporter.*       -     on       -     -     -        -      -       -   -
    returned         on    -        -     -     -        -      -       -   -
    source           -     on       -     -     -        -      -       -   -
    step_evidence    on    on       on    on    on       on     -       on  on
    step_identifiers on    on       on    on    on       on     on      on  on
    step_money       on    on       on    on    on       on     -       -   on
    step_papers      on    on       on    on    on       on     on      on  on
    step_reporter    on    on       on    on    on       on     on      on  on
    step_story       on    on       on    on    on       on     on      on  on
    stop_now         on    on       on    on    on       on     -       -   on
    take_dissuasion  on    on       on    on    on       on     on      on  on
    take_enquiry     on    on       on    on    on       on     on      on  on
    take_report      on    on       on    on    on       on     on      on  on
    take_tip         on    on       on    on    on       on     on      on  on
    transfer_way     on    -        -     -     -        -      -       -   -
    transfers.*      on    -        -     -     -        -      -       -   -
    type_*           -     -        on    -     -        -      -       -   -
    type_change      -     -        -     -     -        -      on      -   on
    victim.*         on    -        -     -     -        -      -       -   -
    visit_dissuasion -     on       -     -     -        -      -       -   -
    visit_enquiry    -     on       -     -     -        -      -       -   -
    visit_report     -     on       -     -     -        -      -       -   -
    visit_tip        -     on       -     -     -        -      -       -   -
""")
STOPS = read_table("""
                            filled asked stopped again registered sending
    add_transfer            on     -     -       on    -          on
    attempted               on     -     -       on    -          on
    dialog_close            -      on    -       -     -          -
    done                    -      -     -       -     on         -
    later                   on     -     on      on    on         on
    masked_found            on     -     -       on    -          on
    new_report              -      -     -       -     on         -
    onward                  on     -     on      on    -          on
    open_case               -      -     -       -     on         -
    order_print_*           -      -     on      -     -          -
    order_slip_*            -      -     on      -     -          -
    papers                  -      -     -       -     on         -
    paste                   on     -     on      on    on         on
    payee_account_certainty on     -     -       on    -          on
    payee_bank_certainty    on     -     -       on    -          on
    payee_name_certainty    on     -     -       on    -          on
    read_file               on     -     -       on    -          on
    register                -      -     -       -     on         -
    returned                on     -     -       on    -          on
    step_evidence           on     -     on      on    on         on
    step_identifiers        on     -     on      on    on         on
    step_money              on     -     on      on    on         on
    step_papers             on     -     on      on    on         on
    step_reporter           on     -     on      on    on         on
    step_story              on     -     on      on    on         on
    stop_back               -      on    -       -     -          -
    stop_jump_1_0           -      on    -       -     -          -
    stop_jump_1_1           -      on    -       -     -          -
    stop_now                on     -     on      on    on         off
    stop_pick_0             -      on    -       -     -          -
    stop_pick_1             -      on    -       -     -          -
    stop_send               -      on    -       -     -          -
    take_dissuasion         on     -     on      on    on         on
    take_enquiry            on     -     on      on    on         on
    take_report             on     -     on      on    on         on
    take_tip                on     -     on      on    on         on
    transfer_1_fold         on     -     -       on    -          on
    transfer_1_remove       on     -     -       on    -          on
    transfer_2_remove       on     -     -       on    -          on
    transfer_2_unfold       on     -     -       on    -          on
    transfer_way            on     -     -       on    -          on
    transfers.*             on     -     -       on    -          on
    victim.*                on     -     -       on    -          on
""")


def test_each_step_of_a_blank_form_offers_what_it_is_for(page: IntakePage) -> None:
    steps = ("money", "reporter", "story", "leads", "evidence", "papers")
    for number, state in enumerate(steps, 1):
        expect_controls(page.go_to(number).screen, STEPS, state)
    page.go_to(1)
    for number, state in ((ENQUIRY, "enquiry"), (TIP, "tip"), (DISSUASION, "dissuasion")):
        expect_controls(take(page, number).screen, STEPS, state)


def test_a_report_offers_the_stop_before_and_after_it_was_sent(filled: IntakePage) -> None:
    expect_controls(filled.screen, STOPS, "filled")
    expect_controls(filled.stop().dialog("stop_dialog").widget, STOPS, "asked")
    expect_controls(filled.stop().screen, STOPS, "stopped")
    expect_controls(filled.go_to(1).screen, STOPS, "again")
    expect_controls(filled.go_to(6).screen, STOPS, "registered")


def test_while_a_stop_is_sent_no_other_is_begun(
    filled: IntakePage, desk_kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = HeldRunner()
    filled.stop()
    monkeypatch.setattr(desk_kit.runner, "start", runner.start)
    filled.stop()
    expect_controls(filled.screen, STOPS, "sending")
    runner.run_all()
    expect_controls(filled.screen, STOPS, "stopped")
