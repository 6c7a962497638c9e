"""Commands that read numbers, texts and files; they need no profile."""
