"""The tables of moderation: what is looked for, how strictly, and what was decided about whom and why."""

from fenjin.moderation.models.cases import Appeal, Case, Report
from fenjin.moderation.models.words import Lane, Rule, Word

__all__ = ["Appeal", "Case", "Lane", "Report", "Rule", "Word"]
