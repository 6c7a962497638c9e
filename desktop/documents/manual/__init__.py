"""The manual: books in Markdown and references made from the program itself, as HTML and as PDF."""
