"""Chinese input by fcitx 4: a process beside the program that answers Qt as IBus's portal and asks fcitx 4.

The wheel of Qt brings a plugin for IBus and none for fcitx 4. That plugin looks for IBus's portal on the session bus.
The bridge takes the portal's name and translates. Protocols: fcitx ``src/frontend/ipc/ipc.c``, Qt
``src/plugins/platforminputcontexts/ibus``.
"""
