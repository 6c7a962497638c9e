"""Whatever a courier, a stick and a power cut do, desks and centre agree in the end, and nothing is lost."""

from __future__ import annotations

import pytest

from tests.support.soak import machine_settings, seconds
from tests.sync.machine import DesksAndCentre

pytestmark = pytest.mark.timeout(seconds(600))

TestDesksAndCentre = DesksAndCentre.TestCase
TestDesksAndCentre.settings = machine_settings(examples=10, steps=20)
