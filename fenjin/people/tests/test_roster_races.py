"""Two people press at the same moment: one import, once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings as project
from django.db import connection

from fenjin.audit.models import AuditEvent
from fenjin.kit.errors import Refusal
from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Person, Post
from fenjin.people.services import roster

OCTOBER = Path(project.BASE_DIR) / "tests" / "data" / "roster" / "roster-2026-10.xlsx"


def _apply(import_id):
    try:
        with every_space(Reason.TEST):
            return roster.apply_roster(actor=None, import_id=import_id).state
    except Refusal as refusal:
        return refusal.code
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_the_same_and_another_import_at_once(tmp_path, settings):
    settings.FENJIN_DATA = tmp_path
    previews = [
        roster.preview_roster(actor=None, file_path=OCTOBER, original_name="十月.xlsx").pk for _twice in range(2)
    ]
    with ThreadPoolExecutor(4) as pool:
        ends = list(pool.map(_apply, [previews[0], previews[0], previews[1], previews[1]]))
    assert sorted(ends) in (["applied", "applied", "preview_outdated", "preview_outdated"],), ends
    assert (Person.objects.count(), Post._base_manager.count()) == (3000, 3050)
    assert AuditEvent.objects.filter(act="people.roster_apply").count() == 1
