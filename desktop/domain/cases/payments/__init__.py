"""What was paid: each payment, the way it went, the amounts of the case and what is given back."""
