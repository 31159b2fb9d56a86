"""The group takes the name of its roster, once, and never loses a name that somebody gave it."""

import pytest

from fenjin.audit.models import AuditEvent
from fenjin.kit.scope import GROUP_SPACE
from fenjin.people.testing import make_unit
from fenjin.spaces.models import Space

pytestmark = pytest.mark.django_db


def name_of_group():
    return Space.objects.get(pk=GROUP_SPACE).name


def test_an_unnamed_group_is_named_after_its_top_unit():
    company = make_unit("华东油田公司", make_unit("远航集团"))
    assert company.parent.name == name_of_group() == "远航集团"
    assert AuditEvent.objects.filter(act="spaces.group_name", space_id=GROUP_SPACE).count() == 1


def test_a_second_top_unit_changes_nothing():
    make_unit("远航集团")
    make_unit("合营公司")
    assert name_of_group() == "远航集团"


def test_a_name_that_was_given_stays():
    Space.objects.filter(pk=GROUP_SPACE).update(name="启明集团")
    make_unit("远航集团")
    assert name_of_group() == "启明集团"
    assert not AuditEvent.objects.filter(act="spaces.group_name").exists()
