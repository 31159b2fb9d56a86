"""How far messages got: by unit, and (`cuts`) by post, by place and over time."""

from fenjin.delivery.selectors.coverage.page import Coverage, Row, TooFewPeople, coverage, get_sent_message

__all__ = ["Coverage", "Row", "TooFewPeople", "coverage", "get_sent_message"]
