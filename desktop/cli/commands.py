"""Every command there is. Imported only where one is asked for: the window need not wait for all of them."""

from __future__ import annotations

from desktop.cli import (
    audit_commands,
    backup_commands,
    bundle_commands,
    case_commands,
    centre_commands,
    check_commands,
    clock_commands,
    escrow_commands,
    evidence_commands,
    flow_commands,
    health_commands,
    officer_commands,
    order_commands,
    pack_commands,
    read_commands,
    series_commands,
    show_commands,
    station_commands,
    suggest_commands,
    trust_commands,
)

GROUPS = (
    show_commands,
    station_commands,
    officer_commands,
    audit_commands,
    case_commands,
    evidence_commands,
    order_commands,
    check_commands,
    clock_commands,
    read_commands,
    suggest_commands,
    flow_commands,
    series_commands,
    trust_commands,
    pack_commands,
    bundle_commands,
    centre_commands,
    escrow_commands,
    backup_commands,
    health_commands,
)
