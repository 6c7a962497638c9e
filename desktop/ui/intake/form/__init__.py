"""The form behind all pages, and what ties editors to it."""
