"""Reads of what leaves the house: rules of ringing, who has got how far on which channel, dead letters."""
