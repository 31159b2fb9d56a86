"""Steps and reminders go on where they stopped, burden counts what came and went, and indexes for large installations."""

import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.models.functions import MD5, Cast


class Migration(migrations.Migration):
    dependencies = [("delivery", "0012_corrections_and_newcomers")]

    operations = [
        migrations.AddField(
            "ladder",
            "asked_until",
            models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AddField("reminderround", "looked_until", models.BigIntegerField(null=True)),
        migrations.AddIndex(
            "reminderround",
            models.Index(
                condition=models.Q(("looked_until__isnull", False)), fields=["at"], name="reminder_round_under_way"
            ),
        ),
        migrations.AddIndex(
            "signpost",
            models.Index(
                condition=models.Q(("must_confirm", True)),
                fields=["unit_id", "-at", "-message_id"],
                name="signpost_feed_to_confirm",
            ),
        ),
        migrations.AddIndex(
            "message",
            models.Index(
                models.F("space"),
                MD5(Cast("rule", models.TextField())),
                models.OrderBy(models.F("sent_at"), descending=True),
                name="message_by_rule",
            ),
        ),
        migrations.AddIndex(
            "message",
            models.Index(
                condition=models.Q(("importance", "emergency")), fields=["-sent_at"], name="message_emergencies"
            ),
        ),
        migrations.AddIndex(
            "message",
            models.Index(
                condition=models.Q(("state", "withdrawn"), ("current_version__gt", 1), _connector="OR"),
                fields=["sent_at"],
                name="message_changed_since",
            ),
        ),
        # All sums are made anew with the next minute. The column stays for a release that still writes it.
        migrations.RunSQL("DELETE FROM delivery_burdensheet; DELETE FROM delivery_burden", migrations.RunSQL.noop),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField("burdensheet", "fingerprint")],
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE delivery_burdensheet ALTER COLUMN fingerprint SET DEFAULT ''",
                    "ALTER TABLE delivery_burdensheet ALTER COLUMN fingerprint DROP DEFAULT",
                )
            ],
        ),
        migrations.AddField(
            "burdensheet",
            "messages",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                db_default=models.Value([], django.contrib.postgres.fields.ArrayField(models.BigIntegerField())),
                default=list,
                size=None,
            ),
        ),
        migrations.AddField("burdensheet", "heads_at", models.DateTimeField(null=True)),
    ]
