"""Every command there is. Imported only where one is asked for: the window need not wait for all of them."""

from __future__ import annotations

from desktop.cli.cases import case_commands, objection_commands, suggest_commands
from desktop.cli.centre import centre_commands, task_commands
from desktop.cli.evidence import evidence_commands
from desktop.cli.exchange import bundle_commands, package_commands
from desktop.cli.orders import clock_commands, order_commands
from desktop.cli.profile import (
    audit_commands,
    backup_commands,
    forms_commands,
    health_commands,
    manual_commands,
    rules_commands,
    show_commands,
    station_commands,
)
from desktop.cli.reading import check_commands, read_commands
from desktop.cli.series import flow_commands, series_commands
from desktop.cli.trust import escrow_commands, officer_commands, trust_commands

GROUPS = (
    show_commands,
    station_commands,
    officer_commands,
    audit_commands,
    case_commands,
    objection_commands,
    evidence_commands,
    order_commands,
    forms_commands,
    check_commands,
    clock_commands,
    rules_commands,
    read_commands,
    suggest_commands,
    flow_commands,
    series_commands,
    trust_commands,
    package_commands,
    bundle_commands,
    centre_commands,
    task_commands,
    escrow_commands,
    backup_commands,
    health_commands,
    manual_commands,
)
