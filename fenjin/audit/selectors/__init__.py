"""Reads of the log, of the record of the doors, and the check of the chain."""
