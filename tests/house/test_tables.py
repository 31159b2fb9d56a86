"""No space, no query: every model, every way to read, every key between two rows of spaces."""

import pytest
from django.apps import apps
from django.db import connection, models

from fenjin.kit.models import TenantModel
from fenjin.kit.scope import EVERYTHING, Reason, Scope, ScopeError, every_space, use_scope
from tests.house import tables

# Tables whose rows belong to no space, and why.
SPACELESS = {
    "audit.AuditSeal": "sums over the trail of the whole platform",
    "audit.DoorSeal": "sums over the doors of the whole platform",
    "audit.DoorEvent": "tries at the doors, before anybody is known",
    "audit.LogExport": "a file of the whole log; its reader sees all of it by office",
    "people.Account": "an account goes with a person, who may work in several spaces",
    "people.Account_groups": "Django's own, empty: rights come from roles",
    "people.Account_user_permissions": "Django's own, empty: rights come from roles",
    "people.AccountCase": "reached only through its person",
    "people.AccountNote": "reached only through its account",
    "people.Administrator": "the three offices are of the whole platform",
    "people.ClaimCode": "reached only through its person",
    "people.CodeSheet": "codes go with people; a unit administrator reaches those of the own branch",
    "people.ContactCode": "reached only through its account",
    "people.KeptForm": "what one session sent; read only by it",
    "people.Numbering": "a set of staff numbers spans companies",
    "people.OfficeHandover": "the three offices are of the whole platform",
    "people.OfficeTerm": "the three offices are of the whole platform",
    "people.Person": "a person may hold posts in several spaces, and is reached only through posts",
    "people.PersonEvent": "the history of a person, who may hold posts in several spaces",
    "people.PersonPrivate": "one row of a person, read only by that person and the platform's channels",
    "people.RosterImport": "belongs to the whole tree; only the system administrator reaches it",
    "people.RosterApproval": "goes with its import",
    "people.RosterChange": "goes with its import, which belongs to the whole tree",
    "people.RosterJournal": "goes with its import; read only by its undo",
    "people.RosterColumns": "the columns of a file that belongs to the whole tree",
    "people.RosterProgress": "goes with its import",
    "people.RosterUpload": "belongs to the whole tree; only the system administrator reaches it",
    "people.Session": "one cookie of one account",
    "people.Factor": "reached only through its account",
    "people.Installation": "a sign-in service of another system serves the whole platform",
    "people.OutsideIdentity": "reached only through its account",
    "people.OutsideTicket": "what may be used once at the doors, before anybody is known",
    "people.RecoveryCode": "reached only through its account",
    "people.Attempt": "counts sign-in attempts under hashed names, before anybody is known",
    "people.PrivacyNotice": "one text for everybody on the platform",
    "people.NoticeReading": "one row of one account",
    "people.Consent": "reached only through its person",
    "people.DataExport": "reached only through its account",
    "people.Erasure": "reached only through its person",
    "people.RetentionSetting": "one time for the whole platform",
    "spaces.Space": "is the space",
    "delivery.BurdenSheet": "one row: when sums over all spaces were counted",
    "delivery.Habits": "one row of a person, read for that person alone",
    "media.Rendition": "one size of a picture, reached only through it",
}
# Tables that carry the id of a space without a key to it, and why.
LEDGERS = {
    "audit.AuditEvent": "append only, plain ids; read by the audit administrator alone",
    "delivery.Answer": "ledger of delivery",
    "delivery.Burden": "sums by sender and unit; read only for units in the reader's scope",
    "delivery.Counter": "ledger of delivery",
    "delivery.Cut": "ledger of delivery",
    "delivery.Denominator": "ledger of delivery",
    "delivery.LivingCount": "ledger of delivery",
    "delivery.PastConfirmation": "ledger of delivery",
    "delivery.PastSafetyAnswer": "ledger of delivery",
    "delivery.Present": "ledger of delivery",
    "delivery.ReadAloud": "ledger of delivery",
    "delivery.Receipt": "ledger of delivery",
    "delivery.ChannelPeople": "ledger of what leaves the house",
    "delivery.Ladder": "ledger of what leaves the house",
    "delivery.Outbox": "ledger of what leaves the house",
    "delivery.Unreached": "ledger of what leaves the house",
    "delivery.Rollup": "ledger of delivery",
    "delivery.SafetyAnswer": "ledger of delivery",
    "delivery.SafetyCounter": "ledger of delivery",
    "delivery.Signpost": "ledger of delivery",
    "delivery.Told": "ledger of delivery",
    "delivery.Total": "ledger of delivery",
    "delivery.Watch": "ledger of delivery",
    "newsroom.Comment": "ledger of what readers say",
    "newsroom.Like": "ledger of what readers say",
    "newsroom.OpenCount": "sums by article and day; read only for the reader's own space",
    "newsroom.SeriesReading": "one row of one person, read for that person alone",
    "newsroom.Tally": "ledger of what readers say",
    "search.SearchEntry": "index over content of all spaces; read only with the reader's spaces",
}
# Ledgers whose manager is open all the same, and why that is right.
OPEN_LEDGERS = {"audit.AuditEvent": "not personal to a space: its reader sees all of it by office"}
# Keys between tenant tables that need no wall in the database, and why.
NO_WALL = {
    "people.Unit.parent": "the tree crosses spaces on purpose: a space begins at its root unit",
}

TENANTS = tables.tenant_models()
ELSEWHERE = Scope(content=frozenset({424_242}), people=frozenset({424_242}))


def test_every_model_has_a_space_or_a_reason():
    assert tables.strays(tables.our_models(), SPACELESS, LEDGERS) == []


def test_no_reason_outlives_its_model():
    labels = {model._meta.label for model in tables.our_models()}
    relations = {label for label, *_ in tables.relations()}
    assert sorted((SPACELESS.keys() | LEDGERS.keys() | OPEN_LEDGERS.keys()) - labels) == []
    assert sorted(NO_WALL.keys() - relations) == []


def test_a_model_without_a_space_is_seen():
    with_space = type(apps.get_model("spaces.Space")._meta.get_field("id"))  # any field class will do

    class Stray(models.Model):
        id = with_space(primary_key=True)
        space = models.ForeignKey("spaces.Space", on_delete=models.PROTECT, related_name="+")

        class Meta:
            app_label = "kit"

        def __str__(self) -> str:
            return ""

    try:
        assert tables.strays([Stray], {}, {}) == ["kit.Stray has a space, but is not a TenantModel"]
        account = apps.get_model("people.Account")
        assert tables.strays([account], {}, {}) == ["people.Account has no space and no reason for it"]
        receipt = apps.get_model("delivery.Receipt")
        assert tables.strays([receipt], {}, {}) == ["delivery.Receipt has a space_id, but is no known ledger"]
    finally:
        del apps.all_models["kit"]["stray"]
        apps.clear_cache()


@pytest.mark.django_db
@pytest.mark.parametrize("read", tables.READS)
@pytest.mark.parametrize("model", TENANTS, ids=lambda model: model._meta.label)
def test_no_scope_no_query(model, read):
    with pytest.raises(ScopeError):
        tables.READS[read](model._default_manager)


@pytest.mark.parametrize("model", TENANTS, ids=lambda model: model._meta.label)
def test_every_manager_cuts_to_the_scope(model):
    managers = {manager.name for manager in model._meta.managers}
    for name in managers:
        with use_scope(ELSEWHERE):
            assert "[424242]" in str(getattr(model, name).all().query), name
        with pytest.raises(ScopeError):
            str(getattr(model, name).all().query)


def test_reads_that_forget_the_scope_are_seen():
    """The same reads through the unscoped manager raise nothing: the check above tells the two apart."""
    model = apps.get_model("people.Unit")
    assert "424242" not in str(model._base_manager.all().query)
    with every_space(Reason.TEST):
        assert "424242" not in str(model._default_manager.all().query)


@pytest.mark.parametrize("model", tables.ledger_models(), ids=lambda model: model._meta.label)
def test_ledgers_have_no_open_manager(model):
    if model._meta.label in OPEN_LEDGERS or model._meta.label.startswith("audit."):
        return
    with use_scope(Scope(content=EVERYTHING, people=EVERYTHING)), pytest.raises(ScopeError):
        model._default_manager.all()


@pytest.mark.django_db
def test_rows_that_belong_together_share_the_space():
    assert tables.unwalled(tables.relations(), tables.walls(), NO_WALL) == []


@pytest.mark.django_db
def test_a_missing_wall_is_seen():
    held = tables.walls()
    found = tables.relations()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    without = {wall for wall in held if wall[0] != "people_post"}
    assert "people.Post.unit" in tables.unwalled(found, without, NO_WALL)
    wrong_order = {(table, target, ours[::-1], theirs) for table, target, ours, theirs in held}
    assert "people.Post.unit" in tables.unwalled(found, wrong_order, NO_WALL)


def test_tenant_models_are_found():
    labels = {model._meta.label for model in TENANTS}
    assert {"people.Unit", "people.Post", "spaces.RoleGrant", "delivery.Message"} <= labels
    assert all(issubclass(model, TenantModel) for model in TENANTS)
