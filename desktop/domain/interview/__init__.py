"""Types of fraud, the words by which they are known, and the questions of each."""
