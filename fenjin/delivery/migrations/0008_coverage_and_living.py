"""Sums and cuts of coverage, what supervisors read aloud, audiences that go on living."""

from django.db import migrations, models

# How a message is addressed is ink like its rule.
FORWARD = """
CREATE TRIGGER reach_is_ink BEFORE UPDATE OF audience_mode, reach ON delivery_message
    FOR EACH ROW WHEN (OLD.state <> 'planned'
        AND (OLD.audience_mode, OLD.reach) IS DISTINCT FROM (NEW.audience_mode, NEW.reach))
    EXECUTE FUNCTION delivery_audience_is_ink();
"""
BACKWARD = "DROP TRIGGER reach_is_ink ON delivery_message;"


def ledger_row(*key):
    """Return the fields that every row of the ledger has."""
    whole = ("space_id", "message_id", *key)
    return [
        ("space_id", models.BigIntegerField()),
        ("message_id", models.BigIntegerField()),
        ("pk", models.CompositePrimaryKey(*whole, blank=True, editable=False, primary_key=True, serialize=False)),
    ]


def sums():
    """Return the fields of figures."""
    return [
        ("people", models.IntegerField()),
        ("opened", models.IntegerField()),
        ("confirmed", models.IntegerField()),
        ("told", models.IntegerField(db_default=0, default=0)),
    ]


def unit():
    """Return the field that names a unit."""
    return ("unit_id", models.BigIntegerField())


class Migration(migrations.Migration):
    dependencies = [("delivery", "0007_emergencies_and_reminders")]

    operations = [
        migrations.AddField(
            "message",
            "reach",
            models.JSONField(default=dict, db_default=models.Value({}, models.JSONField())),
        ),
        migrations.AlterField(
            "message",
            "audience_mode",
            models.CharField(
                choices=[("frozen", "As of sending"), ("living", "Whoever fits, from now on")],
                default="frozen",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            "Rollup",
            [
                *ledger_row("parent_id", "unit_id"),
                *sums(),
                ("parent_id", models.BigIntegerField()),
                unit(),
                ("deeper", models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            "Watch",
            [
                *ledger_row(),
                ("watched_until", models.DateTimeField()),
                ("cuts_until", models.DateTimeField(null=True)),
                ("rolled_at", models.DateTimeField(null=True)),
                ("counted_at", models.DateTimeField(null=True)),
                ("cuts_at", models.DateTimeField(null=True)),
            ],
            {"indexes": [models.Index(fields=["watched_until"], name="watch_by_end")]},
        ),
        migrations.CreateModel(
            "Cut",
            [
                *ledger_row("kind", "position"),
                *sums(),
                (
                    "kind",
                    models.CharField(choices=[("post", "Post"), ("place", "Place"), ("time", "Time")], max_length=10),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("value", models.CharField(blank=True, max_length=120)),
                ("at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel("LivingCount", [*ledger_row("unit_id"), *sums(), unit()]),
        migrations.CreateModel(
            "Signpost",
            [*ledger_row("unit_id"), unit(), ("at", models.DateTimeField()), ("must_confirm", models.BooleanField())],
            {"indexes": [models.Index(fields=["unit_id", "-at", "-message_id"], name="signpost_feed")]},
        ),
        migrations.CreateModel(
            "ReadAloud",
            [
                *ledger_row("key"),
                ("key", models.CharField(max_length=64)),
                unit(),
                ("told_on", models.DateField()),
                ("people", models.PositiveIntegerField()),
                ("named", models.BooleanField()),
                ("version", models.PositiveSmallIntegerField()),
                ("account_id", models.BigIntegerField()),
                ("said_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
            ],
            {
                "indexes": [models.Index(fields=["space_id", "message_id", "unit_id"], name="read_aloud_by_unit")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("people__gt", 0)), name="read_aloud_to_somebody")
                ],
            },
        ),
        migrations.CreateModel(
            "Present",
            [
                *ledger_row("person_id"),
                ("person_id", models.BigIntegerField()),
                ("key", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            "Told",
            [*ledger_row("unit_id"), unit(), ("people", models.IntegerField())],
            {"constraints": [models.CheckConstraint(condition=models.Q(("people__gte", 0)), name="told_sane")]},
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
