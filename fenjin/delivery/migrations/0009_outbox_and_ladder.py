"""What leaves the house for a message, and what a sub-platform says of ringing."""

import datetime
import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("delivery", "0008_coverage_and_living"), ("spaces", "0007_features_that_were_there")]

    operations = [
        migrations.CreateModel(
            name="ChannelPeople",
            fields=[
                ("space_id", models.BigIntegerField()),
                ("message_id", models.BigIntegerField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "space_id",
                        "message_id",
                        "channel",
                        "state",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("channel", models.CharField(max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "To be rung"),
                            ("accepted", "Accepted"),
                            ("rejected", "Refused by the channel"),
                            ("unknown", "Not known whether it arrived"),
                        ],
                        max_length=10,
                    ),
                ),
                ("people", models.BinaryField()),
                ("head", models.IntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Ladder",
            fields=[
                ("space_id", models.BigIntegerField()),
                ("message_id", models.BigIntegerField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "space_id", "message_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("steps", models.JSONField()),
                (
                    "taken",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=list),
                ),
                ("over_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("over_at", None)), fields=["message_id"], name="ladder_under_way")
                ],
            },
        ),
        migrations.CreateModel(
            name="Outbox",
            fields=[
                ("space_id", models.BigIntegerField()),
                ("message_id", models.BigIntegerField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "space_id",
                        "message_id",
                        "channel",
                        "ring",
                        "chunk",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("channel", models.CharField(max_length=10)),
                ("ring", models.CharField(max_length=40)),
                ("chunk", models.IntegerField()),
                ("urgency", models.PositiveSmallIntegerField()),
                ("importance", models.CharField(max_length=10)),
                ("people", models.BinaryField()),
                ("rung", models.BinaryField(default=b"")),
                ("head", models.IntegerField()),
                ("calm", models.JSONField()),
                ("home_space", models.BigIntegerField()),
                ("body", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting to go out"),
                            ("sending", "On its way"),
                            ("accepted", "Accepted"),
                            ("partial", "Accepted in part"),
                            ("unknown", "Not known whether it arrived"),
                            ("failed", "Did not go out"),
                            ("dropped", "Not needed any more"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("not_before", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("doubtful", models.BooleanField(default=False)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("said", models.CharField(blank=True, max_length=300)),
                ("receipt", models.JSONField(default=dict)),
                ("version", models.PositiveSmallIntegerField(default=0)),
                ("amended", models.CharField(blank=True, max_length=15)),
                ("amended_for", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "queued")), fields=["urgency", "not_before"], name="outbox_waiting"
                    ),
                    models.Index(
                        condition=models.Q(("state", "sending")), fields=["claimed_at"], name="outbox_on_its_way"
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["unknown", "failed"])),
                        fields=["done_at"],
                        name="outbox_dead_letters",
                    ),
                    models.Index(fields=["channel", "-done_at"], name="outbox_by_channel"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("claimed_at__isnull", False), ("state", "sending")),
                            models.Q(("state", "sending"), _negated=True),
                            _connector="OR",
                        ),
                        name="outbox_sending_is_claimed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Unreached",
            fields=[
                ("space_id", models.BigIntegerField()),
                ("message_id", models.BigIntegerField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "space_id",
                        "message_id",
                        "channel",
                        "person_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("channel", models.CharField(max_length=10)),
                ("person_id", models.BigIntegerField()),
                ("reason", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["person_id"], name="unreached_by_person")],
            },
        ),
        migrations.CreateModel(
            name="Holiday",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("day", models.DateField()),
                ("name", models.CharField(blank=True, max_length=40)),
                (
                    "space",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spaces.space"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("space", "day"), name="holiday_once")],
            },
        ),
        migrations.CreateModel(
            name="RingRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("quiet_from", models.TimeField(default=datetime.time(22, 0), null=True)),
                ("quiet_until", models.TimeField(default=datetime.time(7, 0), null=True)),
                ("steps", models.JSONField(default=dict)),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "space",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spaces.space"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("space",), name="ring_rules_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quiet_from__isnull", True), ("quiet_until__isnull", True)),
                            models.Q(("quiet_from__isnull", False), ("quiet_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="ring_rules_quiet_whole",
                    ),
                ],
            },
        ),
    ]
