"""The composition root: the only place that joins adapters, services and windows."""
