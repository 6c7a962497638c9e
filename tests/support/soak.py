"""How long the long runs are: ``FANZHA_SOAK`` multiplies what a machine tries in a sweep; a usual run tries a third."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from tests.support.sweep import EVERY

FACTOR = max(int(os.environ.get("FANZHA_SOAK", "1")), 1)
_LONG = EVERY or FACTOR > 1


def seconds(usual: int) -> int:
    """What a run may take before it counts as hanging."""
    return usual * FACTOR


def machine_settings(examples: int, steps: int) -> settings:
    """Settings of a state machine: more examples, and longer ones, the longer the run is to be."""
    return settings(
        max_examples=examples * FACTOR if _LONG else max(2, examples // 3),
        stateful_step_count=steps if FACTOR == 1 else steps * 2,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
