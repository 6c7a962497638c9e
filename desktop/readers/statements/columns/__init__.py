"""What the columns of a statement are: by their names, by the words of a name, by what stands in them."""
