"""What delivery keeps about a person, and what becomes of it: each module for one kind of record."""

from fenjin.delivery.personal.receipts import collect, fates

__all__ = ["collect", "fates"]
