"""What an editor is told while writing: whether everybody can take it in, and whether it is easily read."""

from fenjin.newsroom.advice.draft import Draft, Finding, Level
from fenjin.newsroom.advice.report import Report, advise

__all__ = ["Draft", "Finding", "Level", "Report", "advise"]
