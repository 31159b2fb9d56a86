"""What was typed is not lost when the studio asks for the factor in the middle of it.

The fields are kept with the session for an hour; after the factor they are shown once more and sent
to where they were going by whoever typed them. Passwords, codes and files are not kept.
"""

import re
from datetime import timedelta
from typing import Final

from django.http import QueryDict

from fenjin.kit import clock
from fenjin.people.models import KeptForm, Session

KEPT: Final = timedelta(hours=1)
MOST_BYTES: Final = 1_000_000
_NEVER = re.compile(r"password|secret|csrfmiddlewaretoken|(^|[-_])(code|token|again)$", re.IGNORECASE)


def keep_form(*, session: Session, path: str, fields: QueryDict, lost_files: bool) -> KeptForm | None:
    """Keep what was sent to `path`; None when it is too much, or when there is nothing worth keeping."""
    pairs = [[name, value] for name, values in fields.lists() if not _NEVER.search(name) for value in values]
    size = sum(len(name) + len(value) for name, value in pairs)
    if not pairs or size > MOST_BYTES:
        return None
    return KeptForm.objects.create(session=session, path=path, fields=pairs, lost_files=lost_files, kept_at=clock.now())


def clear_kept_forms() -> int:
    """Forget what was kept more than an hour ago; return how many forms went."""
    return KeptForm.objects.filter(kept_at__lt=clock.now() - KEPT).delete()[0]
