"""Recording what banks and carriers answer: from their files, from the list of orders, by hand."""
