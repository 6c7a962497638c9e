"""Receipts: values behind labels, in rows and columns, and the payment they tell of."""
