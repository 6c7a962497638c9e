"""Whatever a courier, a stick and a power cut do, desks and centre agree in the end, and nothing is lost."""

from __future__ import annotations

import pytest

from tests.support.soak import machine_settings, seconds
from tests.sync.machine import DesksAndCentre

pytestmark = pytest.mark.timeout(seconds(900))

TestDesksAndCentre = DesksAndCentre.TestCase
TestDesksAndCentre.settings = machine_settings(examples=8, steps=20)
