"""Pictures, decoded in a process beside the window."""
