"""Whom `make up` says to sign in as: an account whose password was changed is told without the first one."""

from pathlib import Path

import pytest
from django.db import connection

from config import demo, sign_in
from fenjin.people.testing import make_account, make_administrator, make_person

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_first_password_is_told_until_somebody_chooses_another(tmp_path: Path) -> None:
    operator = make_administrator("system")
    employee = make_account(make_person("陈一鸣"))
    names = [str(operator.operator_name), employee.person.staff_number]
    stored = demo.stored_passwords(names)
    kept = [("系统", names[0], "abcd-efgh-jkmn"), ("employee", names[1], "pqrs-tuvw-xyz2", "123456")]
    sign_in.remember(tmp_path, kept, stored)
    address = "postgresql://{USER}@/{NAME}?host={HOST}".format_map(connection.settings_dict)
    assert sign_in.names(tmp_path) == names
    assert sign_in.stored_passwords(address, names) == stored
    assert sign_in.remembered(tmp_path, stored) == [
        f"系统      {names[0]}  password abcd-efgh-jkmn",
        f"employee  {names[1]}  password pqrs-tuvw-xyz2  code 123456",
    ]
    operator.password = "another one's hash"
    operator.save(update_fields=["password"])
    now = sign_in.stored_passwords(address, names)
    assert sign_in.remembered(tmp_path, now) == [
        f"系统      {names[0]}  with the password chosen since",
        f"employee  {names[1]}  password pqrs-tuvw-xyz2  code 123456",
    ]
    for name in (sign_in.ACCOUNTS, sign_in.MARKS):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


def test_a_data_folder_that_was_filled_otherwise_has_nobody_to_tell(tmp_path: Path) -> None:
    assert (sign_in.names(tmp_path), sign_in.remembered(tmp_path)) == ([], [])
