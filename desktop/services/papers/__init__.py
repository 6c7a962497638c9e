"""Forms, lists and sheets."""
