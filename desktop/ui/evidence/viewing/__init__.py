"""An item looked at."""
