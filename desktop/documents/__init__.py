"""Forms, lists and slips as PDF and QR."""
