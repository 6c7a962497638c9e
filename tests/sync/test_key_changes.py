"""The desks and the centre of the great machine, while their keys are changed and lost as well."""

from __future__ import annotations

import pytest

from tests.support.soak import machine_settings, seconds
from tests.sync.key_rules import OF_KEYS, KeyRules
from tests.sync.machine import DesksAndCentre

pytestmark = pytest.mark.timeout(seconds(600))


class ChangingKeys(DesksAndCentre, KeyRules):
    """Every rule of both."""

    refusals = frozenset({*OF_KEYS, "receiver.not_ours"})


TestChangingKeys = ChangingKeys.TestCase
TestChangingKeys.settings = machine_settings(examples=8, steps=20)
