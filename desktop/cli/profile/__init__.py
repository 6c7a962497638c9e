"""Commands about this installation: made, looked at, checked, backed up, and started."""
