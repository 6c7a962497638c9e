"""Exported chats."""
