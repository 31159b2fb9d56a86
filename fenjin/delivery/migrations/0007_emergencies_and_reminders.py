"""Answers in an emergency, its drill and its end; reminders of those still open."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

WALLS = """
ALTER TABLE delivery_reminderrule ADD CONSTRAINT reminder_rule_same_space FOREIGN KEY (space_id, message_id)
    REFERENCES delivery_message (space_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE delivery_reminderround ADD CONSTRAINT reminder_round_same_space FOREIGN KEY (space_id, message_id)
    REFERENCES delivery_message (space_id, id) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION delivery_drill_is_ink() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A drill never becomes serious, nor the other way round: send a new message.'
        USING ERRCODE = '23001';
END $$;
CREATE TRIGGER drill_is_ink BEFORE UPDATE OF importance, drill ON delivery_message
    FOR EACH ROW WHEN (OLD.state <> 'planned'
        AND (OLD.importance, OLD.drill) IS DISTINCT FROM (NEW.importance, NEW.drill))
    EXECUTE FUNCTION delivery_drill_is_ink();
"""
NO_WALLS = """
DROP TRIGGER drill_is_ink ON delivery_message;
DROP FUNCTION delivery_drill_is_ink();
ALTER TABLE delivery_reminderround DROP CONSTRAINT reminder_round_same_space;
ALTER TABLE delivery_reminderrule DROP CONSTRAINT reminder_rule_same_space;
"""


def tenant_row():
    """Return the fields that every row of a space has."""
    return [
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
        ("created_at", models.DateTimeField(auto_now_add=True)),
        (
            "space",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spaces.space"),
        ),
    ]


def ledger_row(*key):
    """Return the fields that every row of the ledger has."""
    whole = ("space_id", "message_id", *key)
    return [
        ("space_id", models.BigIntegerField()),
        ("message_id", models.BigIntegerField()),
        ("pk", models.CompositePrimaryKey(*whole, blank=True, editable=False, primary_key=True, serialize=False)),
    ]


def said():
    """Return the fields of an answer."""
    return [
        ("person_id", models.BigIntegerField()),
        ("needs_help", models.BooleanField()),
        ("words", models.CharField(blank=True, max_length=300)),
        ("place", models.CharField(blank=True, max_length=120)),
        ("answered_at", models.DateTimeField()),
        ("answer_key", models.CharField(max_length=64)),
        ("taken_by", models.BigIntegerField(null=True)),
        ("taken_at", models.DateTimeField(null=True)),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0006_answers_talks_habits"),
        ("spaces", "0008_duty_officer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="drill",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="message",
            name="ended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="all_clear",
            field=models.CharField(blank=True, db_default="", default="", max_length=300),
        ),
        migrations.AddField(
            model_name="message",
            name="reminded_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="message",
            name="importance",
            field=models.CharField(
                choices=[("ordinary", "Ordinary"), ("confirm", "Please confirm"), ("emergency", "Emergency")],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("importance", "emergency"),
                    models.Q(("drill", False), ("ended_at__isnull", True)),
                    _connector="OR",
                ),
                name="message_only_emergencies_end",
            ),
        ),
        migrations.CreateModel(
            name="PastSafetyAnswer",
            fields=[*ledger_row("person_id", "answer_key"), *said()],
        ),
        migrations.CreateModel(
            name="SafetyAnswer",
            fields=[*ledger_row("person_id"), *said(), ("unit_id", models.BigIntegerField())],
            options={
                "indexes": [
                    models.Index(
                        fields=["space_id", "message_id", "-needs_help", "-answered_at", "person_id"],
                        name="safety_help_first",
                    ),
                    models.Index(fields=["space_id", "message_id", "unit_id"], name="safety_by_unit"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("space_id", "person_id", "answer_key"), name="safety_answer_key"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_at__isnull", True), ("taken_by__isnull", True)),
                            models.Q(("taken_at__isnull", False), ("taken_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="safety_taken_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SafetyCounter",
            fields=[
                *ledger_row("unit_id"),
                ("unit_id", models.BigIntegerField()),
                ("safe", models.IntegerField(default=0)),
                ("need_help", models.IntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("need_help__gte", 0), ("safe__gte", 0)), name="safety_counter_sane"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderRule",
            fields=[
                *tenant_row(),
                ("first_after", models.PositiveIntegerField()),
                ("again_after", models.PositiveIntegerField()),
                ("most", models.PositiveSmallIntegerField()),
                ("next_at", models.DateTimeField(null=True)),
                ("stopped_at", models.DateTimeField(null=True)),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminder_rule",
                        to="delivery.message",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_at__isnull", False)), fields=["next_at"], name="reminder_rule_due"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("space", "id"), name="reminder_rule_space_id"),
                    models.CheckConstraint(
                        condition=models.Q(("again_after__gt", 0), ("first_after__gt", 0)),
                        name="reminder_rule_takes_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stopped_at__isnull", True), ("next_at__isnull", True), _connector="OR"),
                        name="reminder_rule_stopped_is_stopped",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderRound",
            fields=[
                *tenant_row(),
                ("number", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                ("still_open", models.IntegerField()),
                ("rung", models.IntegerField(default=0)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminder_rounds",
                        to="delivery.message",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("space", "id"), name="reminder_round_space_id"),
                    models.UniqueConstraint(fields=("message", "number"), name="reminder_round_once"),
                ],
            },
        ),
        migrations.RunSQL(WALLS, NO_WALLS),
    ]
