"""What each part of the page of a case offers to who works on it and to who only reads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.session import Session
from desktop.ui.case.parts.tabs import Tab
from desktop.ui.shared.kit.kit import Kit
from tests.ui.case import samples
from tests.ui.case.conftest import make_bench
from tests.ui.case.test_merge import merged
from tests.ui.case.test_procedure import STEPS
from tests.ui.pages.controls import expect_controls, read_table

WORKS = read_table("""
                            overview timeline money flow leads evidence orders papers history people
    case_conflict_take      on       -        -     -    -     -        -      -      -       -
    case_edit               on       on       on    on   on    on       on     on     on      on
    case_fields             on       -        -     -    -     -        -      -      -       -
    case_history_table      -        -        -     -    -     -        -      -      on      -
    case_leads_table        -        -        -     -    on    -        -      -      -       -
    case_merge_open         on       -        -     -    -     -        -      -      -       -
    case_merge_undo         on       -        -     -    -     -        -      -      -       -
    case_money_table        -        -        on    -    -     -        -      -      -       -
    case_new_order          -        -        -     -    -     -        on     -      -       -
    case_objection_add      on       -        -     -    -     -        -      -      -       -
    case_official           on       -        -     -    -     -        -      -      -       -
    case_order_act_*        -        -        -     -    -     -        on     -      -       -
    case_order_paper        -        -        -     -    -     -        on     -      -       -
    case_order_slip         -        -        -     -    -     -        on     -      -       -
    case_paper_draft        -        -        -     -    -     -        -      on     -       -
    case_paper_larger       -        -        -     -    -     -        -      on     -       -
    case_paper_print        -        -        -     -    -     -        -      on     -       -
    case_paper_save         -        -        -     -    -     -        -      on     -       -
    case_paper_smaller      -        -        -     -    -     -        -      on     -       -
    case_paper_whole        -        -        -     -    -     -        -      on     -       -
    case_paper_wide         -        -        -     -    -     -        -      off    -       -
    case_papers_filter_all  -        -        -     -    -     -        -      on     -       -
    case_papers_filter_made -        -        -     -    -     -        -      on     -       -
    case_papers_table       -        -        -     -    -     -        -      on     -       -
    case_record_step        on       -        -     -    -     -        -      -      -       -
    case_reveal             on       on       on    on   on    on       on     on     on      on
    case_step_withdraw      on       -        -     -    -     -        -      -      -       -
    case_stop_3             on       -        -     -    -     -        -      -      -       -
    case_stop_5             on       -        -     -    -     -        -      -      -       -
    case_supplement         on       -        -     -    -     -        -      -      -       -
    case_tab_evidence       on       on       on    on   on    on       on     on     on      on
    case_tab_flow           on       on       on    on   on    on       on     on     on      on
    case_tab_history        on       on       on    on   on    on       on     on     on      on
    case_tab_leads          on       on       on    on   on    on       on     on     on      on
    case_tab_money          on       on       on    on   on    on       on     on     on      on
    case_tab_orders         on       on       on    on   on    on       on     on     on      on
    case_tab_overview       on       on       on    on   on    on       on     on     on      on
    case_tab_papers         on       on       on    on   on    on       on     on     on      on
    case_tab_people         on       on       on    on   on    on       on     on     on      on
    case_tab_timeline       on       on       on    on   on    on       on     on     on      on
    case_task_0             on       -        -     -    -     -        -      -      -       -
    case_task_1             on       -        -     -    -     -        -      -      -       -
    case_task_2             on       -        -     -    -     -        -      -      -       -
    case_task_3             on       -        -     -    -     -        -      -      -       -
    case_task_4             on       -        -     -    -     -        -      -      -       -
    case_task_5             on       -        -     -    -     -        -      -      -       -
    case_task_add           on       -        -     -    -     -        -      -      -       -
    case_timeline_list      -        on       -     -    -     -        -      -      -       -
    leads_copy              -        -        -     -    on    -        -      -      -       -
    timeline_zoom_fit       -        on       -     -    -     -        -      -      -       -
    timeline_zoom_in        -        on       -     -    -     -        -      -      -       -
    timeline_zoom_out       -        on       -     -    -     -        -      -      -       -
""")
READS = read_table("""
                            overview timeline money flow leads evidence orders papers history people
    case_fields             on       -        -     -    -     -        -      -      -       -
    case_history_table      -        -        -     -    -     -        -      -      on      -
    case_leads_table        -        -        -     -    on    -        -      -      -       -
    case_merge_open         on       -        -     -    -     -        -      -      -       -
    case_money_table        -        -        on    -    -     -        -      -      -       -
    case_order_act_*        -        -        -     -    -     -        on     -      -       -
    case_order_paper        -        -        -     -    -     -        on     -      -       -
    case_paper_larger       -        -        -     -    -     -        -      on     -       -
    case_paper_print        -        -        -     -    -     -        -      on     -       -
    case_paper_save         -        -        -     -    -     -        -      on     -       -
    case_paper_smaller      -        -        -     -    -     -        -      on     -       -
    case_paper_whole        -        -        -     -    -     -        -      on     -       -
    case_paper_wide         -        -        -     -    -     -        -      off    -       -
    case_papers_filter_all  -        -        -     -    -     -        -      on     -       -
    case_papers_filter_made -        -        -     -    -     -        -      on     -       -
    case_papers_table       -        -        -     -    -     -        -      on     -       -
    case_reveal             on       on       on    on   on    on       on     on     on      on
    case_tab_evidence       on       on       on    on   on    on       on     on     on      on
    case_tab_flow           on       on       on    on   on    on       on     on     on      on
    case_tab_history        on       on       on    on   on    on       on     on     on      on
    case_tab_leads          on       on       on    on   on    on       on     on     on      on
    case_tab_money          on       on       on    on   on    on       on     on     on      on
    case_tab_orders         on       on       on    on   on    on       on     on     on      on
    case_tab_overview       on       on       on    on   on    on       on     on     on      on
    case_tab_papers         on       on       on    on   on    on       on     on     on      on
    case_tab_people         on       on       on    on   on    on       on     on     on      on
    case_tab_timeline       on       on       on    on   on    on       on     on     on      on
    case_task_0             on       -        -     -    -     -        -      -      -       -
    case_task_1             on       -        -     -    -     -        -      -      -       -
    case_task_2             on       -        -     -    -     -        -      -      -       -
    case_task_3             on       -        -     -    -     -        -      -      -       -
    case_task_4             on       -        -     -    -     -        -      -      -       -
    case_timeline_list      -        on       -     -    -     -        -      -      -       -
    leads_copy              -        -        -     -    on    -        -      -      -       -
    timeline_zoom_fit       -        on       -     -    -     -        -      -      -       -
    timeline_zoom_in        -        on       -     -    -     -        -      -      -       -
    timeline_zoom_out       -        on       -     -    -     -        -      -      -       -
""")


@pytest.mark.parametrize("writes", [True, False], ids=["works", "reads"])
def test_each_part_offers_what_the_officer_may_do(
    kit: Kit, qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch, *, writes: bool
) -> None:
    bench = make_bench(kit, qtbot, session, monkeypatch, writes=writes, orders=writes)
    sheet = merged()
    bench.show(replace(sheet, file=replace(sheet.file, steps=STEPS, tasks=samples.tasks())))
    for tab in Tab:
        bench.page.go_to(tab.value)
        bench.runner.run_all()
        expect_controls(bench.page.widget, WORKS if writes else READS, tab.value)
