"""Words written in the desk, approval by a second person, rehearsals, and what messages ask of units."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

WALLS = """
ALTER TABLE delivery_note ADD CONSTRAINT note_picture_same_space FOREIGN KEY (picture_space, picture_id)
    REFERENCES media_picture (space_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE delivery_approval ADD CONSTRAINT approval_same_space FOREIGN KEY (space_id, message_id)
    REFERENCES delivery_message (space_id, id) DEFERRABLE INITIALLY DEFERRED;
"""
NO_WALLS = """
ALTER TABLE delivery_approval DROP CONSTRAINT approval_same_space;
ALTER TABLE delivery_note DROP CONSTRAINT note_picture_same_space;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0009_outbox_and_ladder"),
        ("media", "0003_files"),
        ("spaces", "0008_duty_officer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="awaits_approval",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="message",
            name="rehearsal",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="Burden",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "space_id", "unit_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("space_id", models.BigIntegerField()),
                ("unit_id", models.BigIntegerField()),
                ("seconds", models.BigIntegerField()),
                ("messages", models.IntegerField()),
                ("people", models.IntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["unit_id"], name="burden_of_unit")],
                "constraints": [models.CheckConstraint(condition=models.Q(("seconds__gte", 0)), name="burden_sane")],
            },
        ),
        migrations.CreateModel(
            name="BurdenSheet",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("counted_at", models.DateTimeField()),
                ("fingerprint", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="burden_sheet_is_one")],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("people", "More people than the sender's role may reach alone"),
                            ("emergency", "An emergency needs two people"),
                        ],
                        max_length=10,
                    ),
                ),
                ("people", models.IntegerField()),
                ("limit", models.IntegerField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("approved", models.BooleanField(null=True)),
                ("words", models.CharField(blank=True, max_length=300)),
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
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="approval", to="delivery.message"
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spaces.space"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("approved__isnull", True)),
                        fields=["space", "asked_at"],
                        name="approval_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("space", "id"), name="approval_space_id"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved__isnull", True), ("decided_at__isnull", True), ("decided_by__isnull", True)
                            ),
                            models.Q(
                                ("approved__isnull", False),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="approval_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved", False), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="approval_declined_with_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "form",
                    models.CharField(choices=[("text", "Short text"), ("card", "Card with a picture")], max_length=10),
                ),
                ("title", models.CharField(max_length=60)),
                ("title_en", models.CharField(blank=True, max_length=120)),
                ("words", models.TextField(max_length=2000)),
                ("words_en", models.TextField(blank=True, max_length=4000)),
                ("picture_space", models.BigIntegerField(null=True)),
                (
                    "frozen_pictures",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list),
                ),
                ("changed_at", models.DateTimeField()),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="media.picture"
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spaces.space"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["space", "-changed_at", "-id"], name="note_newest"),
                    django.contrib.postgres.indexes.GinIndex(fields=["frozen_pictures"], name="note_by_picture"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("space", "id"), name="note_space_id"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("form", "card"), ("picture__isnull", False), ("picture_space__isnull", False)),
                            models.Q(("form", "text"), ("picture__isnull", True), ("picture_space__isnull", True)),
                            _connector="OR",
                        ),
                        name="note_cards_have_a_picture",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("picture_space__isnull", True),
                            ("picture_space", models.F("space_id")),
                            ("picture_space", 1),
                            _connector="OR",
                        ),
                        name="note_picture_space",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SendingRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("limits", models.JSONField(default=dict)),
                ("weekly_minutes", models.PositiveSmallIntegerField(default=30)),
                ("set_at", models.DateTimeField()),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spaces.space"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("space", "id"), name="sending_rules_space_id"),
                    models.UniqueConstraint(fields=("space",), name="sending_rules_once"),
                ],
            },
        ),
        migrations.RunSQL(WALLS, NO_WALLS),
    ]
