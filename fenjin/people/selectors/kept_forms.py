"""Reads of what was kept of a form."""

from datetime import timedelta

from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.people.models import KeptForm, Session


def get_kept_form(session: Session, kept_id: int) -> KeptForm:
    """Return a form that this very session sent within the hour; raises NotFound."""
    rows = KeptForm.objects.filter(session=session, kept_at__gt=clock.now() - timedelta(hours=1))
    kept: KeptForm | None = rows.filter(pk=kept_id).first()
    if kept is None:
        raise NotFound
    return kept
