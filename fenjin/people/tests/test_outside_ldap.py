"""Sign-in by a directory, against a real OpenLDAP server where one is installed (Debian: apt-get install slapd)."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from fenjin.kit.runtime import ports
from fenjin.people.models import Session
from fenjin.people.outside import ldap
from fenjin.people.outside.common import OutsideFailed, Setup
from fenjin.people.services import installations

pytest.importorskip("ldap3", reason="the extra ldap is not installed")
SLAPD, SCHEMA = shutil.which("slapd") or "/usr/sbin/slapd", Path("/etc/ldap/schema")
DOOR, CONFIRM = "/sign-in/with/ldap-1/password/", "/sign-in/with/ldap-1/confirm/"
CONFIGURATION = """include {schema}/core.schema
include {schema}/cosine.schema
include {schema}/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
database mdb
suffix "dc=fenjin,dc=test"
rootdn "cn=root,dc=fenjin,dc=test"
rootpw reader
directory {folder}/data
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="cn=root,dc=fenjin,dc=test" read by * none
"""
PERSON = """
dn: uid={uid},dc=fenjin,dc=test
objectClass: inetOrgPerson
uid: {uid}
cn: {uid}
sn: {uid}
employeeNumber: {number}
userPassword: over there 7
"""


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    """The address of a directory with two people."""
    if not Path(SLAPD).exists() or not SCHEMA.exists():
        pytest.skip("OpenLDAP's slapd is not installed on this machine: apt-get install slapd")
    folder = tmp_path_factory.mktemp("slapd")
    (folder / "data").mkdir()
    (folder / "slapd.conf").write_text(CONFIGURATION.format(schema=SCHEMA, folder=folder))
    people = "dn: dc=fenjin,dc=test\nobjectClass: dcObject\nobjectClass: organization\ndc: fenjin\no: fenjin\n"
    people += PERSON.format(uid="zhangwei", number="00001234") + PERSON.format(uid="lina", number="00009999")
    add = [str(Path(SLAPD).with_name("slapadd")), "-f", str(folder / "slapd.conf")]
    subprocess.run(add, input=people, text=True, check=True, capture_output=True)
    port = ports.free_port()
    command = [SLAPD, "-d", "0", "-f", str(folder / "slapd.conf"), "-h", f"ldap://127.0.0.1:{port}"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        _wait(port)
        yield f"ldap://127.0.0.1:{port}"
        process.terminate()


def _wait(port):
    for _try in range(200):
        if not _free(port):
            return
        time.sleep(0.05)
    raise AssertionError("slapd does not answer")


def _free(port):
    try:
        ports.require_free("127.0.0.1", port)
    except Exception:  # noqa: BLE001 (somebody listens)
        return False
    return True


@pytest.fixture
def setup(directory):
    options = {"server": directory, "base_dn": "dc=fenjin,dc=test", "bind_dn": "cn=root,dc=fenjin,dc=test"}
    return Setup("ldap-1", options | {"user_attribute": "uid", "id_attribute": "employeeNumber"}, "reader")


def test_the_directory_names_whoever_knows_the_password(setup):
    assert ldap.sign_in(setup, user="ZhangWei", password="over there 7").user_id == "00001234"


@pytest.mark.parametrize(
    ("user", "password"),
    [
        ("zhangwei", "wrong"),
        ("zhangwei", ""),
        ("nobody", "over there 7"),
        ("*", "over there 7"),
        ("zhang*", "over there 7"),
        ("zhangwei)(uid=*", "over there 7"),
        (" ", "over there 7"),
    ],
)
def test_wrong_empty_and_crafted_names_open_nothing(setup, user, password):
    with pytest.raises(ldap.WrongPassword):
        ldap.sign_in(setup, user=user, password=password)


def test_trying_the_connection_names_the_cure(setup):
    assert ldap.test(setup)
    wrong = Setup("ldap-1", setup.options | {"base_dn": "dc=elsewhere"}, "reader")
    with pytest.raises(OutsideFailed) as caught:
        ldap.test(wrong)
    assert "dc=elsewhere" in caught.value.cure
    with pytest.raises(OutsideFailed) as caught:
        ldap.test(Setup("ldap-1", setup.options, "not the reader's"))
    assert "cn=root" in caught.value.cure


def test_by_the_door_with_the_number_that_the_directory_holds(client, setup, system, zhang):
    row = installations.save_installation(
        actor=system,
        installation=None,
        kind="ldap",
        name="目录",
        options=setup.options,
        secret=setup.secret,
        match="number",
        numbering_id=zhang.numbering_id,
    )
    installations.switch_installation(actor=system, installation=row, enabled=True)
    assert client.get(DOOR).status_code == 200
    assert client.post(DOOR, {"user": "zhangwei", "password": "wrong"}).status_code == 422
    assert client.post(DOOR, {"user": "zhangwei", "password": "over there 7"})["Location"] == CONFIRM
    assert client.post(CONFIRM).status_code == 302
    assert Session.objects.get(account__isnull=False, revoked_at=None).account.person_id == zhang.pk
