"""How readers confirm, what they answer and ask, and what they choose about messages."""

import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


WALLS = """
ALTER TABLE delivery_conversation ADD CONSTRAINT conversation_same_space FOREIGN KEY (space_id, message_id)
    REFERENCES delivery_message (space_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE delivery_remark ADD CONSTRAINT remark_same_space FOREIGN KEY (space_id, conversation_id)
    REFERENCES delivery_conversation (space_id, id) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION delivery_request_is_ink() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'How readers are asked to confirm is never changed after the sending.' USING ERRCODE = '23001';
END $$;
CREATE TRIGGER request_is_ink BEFORE UPDATE OF confirm_by, confirm_ask ON delivery_message
    FOR EACH ROW WHEN (OLD.state <> 'planned'
        AND (OLD.confirm_by, OLD.confirm_ask) IS DISTINCT FROM (NEW.confirm_by, NEW.confirm_ask))
    EXECUTE FUNCTION delivery_request_is_ink();
"""
NO_WALLS = """
DROP TRIGGER request_is_ink ON delivery_message;
DROP FUNCTION delivery_request_is_ink();
ALTER TABLE delivery_remark DROP CONSTRAINT remark_same_space;
ALTER TABLE delivery_conversation DROP CONSTRAINT conversation_same_space;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0005_counted_elsewhere"),
        ("people", "0014_posts_beside_and_own_zones"),
        ("spaces", "0007_features_that_were_there"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="confirm_ask",
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AddField(
            model_name="message",
            name="confirm_by",
            field=models.CharField(
                choices=[
                    ("button", "Press a button"),
                    ("written", "Answer in writing"),
                    ("photo", "Answer with a photograph"),
                    ("question", "Answer one question about it"),
                ],
                db_default="button",
                default="button",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="reply_allowed",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("space_id", models.BigIntegerField()),
                ("message_id", models.BigIntegerField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "space_id",
                        "message_id",
                        "person_id",
                        "version",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("person_id", models.BigIntegerField()),
                ("version", models.PositiveSmallIntegerField()),
                ("text", models.TextField(blank=True)),
                ("photo", models.CharField(blank=True, max_length=100)),
                ("photo_key", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("answered_at", models.DateTimeField()),
                ("erased_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("photo", ""), _negated=True),
                        fields=["answered_at"],
                        name="answer_photo_by_age",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Conversation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("answered", "Answered"), ("closed", "Closed")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("waiting_since", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("unseen", models.BooleanField(default=False)),
                (
                    "assigned_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="delivery.message"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spaces.space"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["space", "state", "waiting_since", "id"], name="conversation_queue"),
                    models.Index(condition=models.Q(("unseen", True)), fields=["person"], name="conversation_unseen"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("space", "id"), name="conversation_space_id"),
                    models.UniqueConstraint(fields=("message", "person"), name="conversation_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Habits",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("quiet_from", models.TimeField(default=datetime.time(22, 0), null=True)),
                ("quiet_until", models.TimeField(default=datetime.time(7, 0), null=True)),
                (
                    "muted_spaces",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list),
                ),
                (
                    "muted_senders",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quiet_from__isnull", True), ("quiet_until__isnull", True)),
                            models.Q(("quiet_from__isnull", False), ("quiet_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="habits_quiet_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadyAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("title", models.CharField(max_length=60, verbose_name="Name")),
                ("text", models.CharField(max_length=2000, verbose_name="Answer")),
                (
                    "space",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spaces.space"),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("space", "id"), name="ready_answer_space_id"),
                    models.UniqueConstraint(fields=("space", "title"), name="ready_answer_title"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("by_desk", models.BooleanField()),
                ("text", models.CharField(max_length=2000)),
                ("said_at", models.DateTimeField()),
                ("client_key", models.CharField(max_length=64)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="delivery.conversation"
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spaces.space"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["conversation", "id"], name="remark_order")],
                "constraints": [
                    models.UniqueConstraint(fields=("space", "id"), name="remark_space_id"),
                    models.UniqueConstraint(fields=("conversation", "by_desk", "client_key"), name="remark_client_key"),
                ],
            },
        ),
        migrations.RunSQL(WALLS, NO_WALLS),
    ]
