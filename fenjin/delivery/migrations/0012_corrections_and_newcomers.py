"""Corrections that wait for a second person, messages asked for again, and newcomers of living audiences."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

WALLS = """
ALTER TABLE delivery_waitingcorrection ADD CONSTRAINT correction_same_space FOREIGN KEY (space_id, message_id)
    REFERENCES delivery_message (space_id, id) DEFERRABLE INITIALLY DEFERRED;
"""
NO_WALLS = "ALTER TABLE delivery_waitingcorrection DROP CONSTRAINT correction_same_space;"
WHOLE = models.Q(
    models.Q(("approved__isnull", True), ("decided_at__isnull", True), ("decided_by__isnull", True)),
    models.Q(("approved__isnull", False), ("decided_at__isnull", False), ("decided_by__isnull", False)),
    _connector="OR",
)
TWO = models.Q(
    models.Q(("approved", True), _negated=True),
    models.Q(("decided_by", models.F("asked_by")), _negated=True),
    _connector="OR",
)


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0011_cut_of_reach"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            "approval",
            "why",
            models.CharField(
                choices=[
                    ("people", "More people than the sender's role may reach alone"),
                    ("emergency", "An emergency needs two people"),
                    ("grown", "It grew after it was approved or planned"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            "ladder", "known", models.BinaryField(db_default=models.Value(b""), default=b""), preserve_default=True
        ),
        migrations.AddField("ladder", "looked_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "ladder",
            models.Index(
                fields=["looked_at"], condition=models.Q(("looked_at__isnull", False)), name="ladder_of_the_living"
            ),
        ),
        migrations.CreateModel(
            name="WaitingCorrection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("note", models.CharField(max_length=300)),
                ("words", models.JSONField()),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("approved", models.BooleanField(null=True)),
                ("said", models.CharField(blank=True, max_length=300)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "decided_by",
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
                        related_name="waiting_corrections",
                        to="delivery.message",
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spaces.space"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("space", "id"), name="correction_space_id"),
                    models.UniqueConstraint(
                        condition=models.Q(("approved__isnull", True)),
                        fields=("message",),
                        name="correction_waits_once",
                    ),
                    models.CheckConstraint(condition=WHOLE, name="correction_decided_whole"),
                    models.CheckConstraint(condition=TWO, name="correction_two_people"),
                ],
            },
        ),
        migrations.RunSQL(WALLS, NO_WALLS),
    ]
