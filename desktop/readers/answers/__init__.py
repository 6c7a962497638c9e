"""Tables of answers as banks and carriers send them back."""
