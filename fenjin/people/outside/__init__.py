"""Clients of other systems' sign-in: one protocol a file. They know addresses and answers, never our tables."""
