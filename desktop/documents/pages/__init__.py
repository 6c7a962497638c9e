"""Pages of PDF files of strangers as pictures."""
