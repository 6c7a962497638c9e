"""Rules, questions, words and tables that come with the program or in a package."""
