"""Dialogs, and the work behind them, of more than one screen."""
