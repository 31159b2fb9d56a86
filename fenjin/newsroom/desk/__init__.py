"""Desks of the newsroom: what waits, the release of one article, the rules, publishing in somebody's name."""
