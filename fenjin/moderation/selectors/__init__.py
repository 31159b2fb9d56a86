"""Reads of moderation: rules and words, the queue, what an author is told, figures."""
