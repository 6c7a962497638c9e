"""Cases that belong together, and the persons behind them."""
