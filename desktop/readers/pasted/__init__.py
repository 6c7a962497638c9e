"""Pasted texts: messages of banks, chats, receipts."""
