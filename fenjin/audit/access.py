"""Who reads the log: the audit administrator, and nobody else."""

from fenjin.kit.staff import AUDIT_ADMINISTRATOR

__all__ = ["AUDIT_ADMINISTRATOR"]
