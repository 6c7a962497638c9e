"""The pinned pair of Python and Qt survives a working day.

PySide6 6.12 on Python 3.11 loses a reference to ``True`` or ``None`` with every call and aborts
after some five thousand; whoever changes a pin learns it here and not from an officer.
"""

import os
import subprocess
import sys

CALLS = """
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Source(QObject):
    told = Signal(bool, object)

application = QCoreApplication([])
source = Source()
heard = []
source.told.connect(lambda flag, value: heard.append(flag))
for number in range(20_000):
    source.setObjectName("name")
    source.setProperty("shown", True)
    source.blockSignals(False)
for number in range(2_000):
    source.told.emit(True, None)
assert heard == [True] * 2_000
print("sound")
"""


def test_qt_survives_twenty_thousand_calls_and_two_thousand_signals() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", CALLS],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "sound\n", "")
