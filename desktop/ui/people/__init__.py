"""目标页: the persons behind a case or a series."""
