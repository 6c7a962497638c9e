"""Pages and cards of the windows, joined to adapters and services."""
