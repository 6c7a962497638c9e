"""Signed packages of rules, scripts and directories."""
