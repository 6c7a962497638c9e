"""Signed packs of rules, scripts and directories."""
