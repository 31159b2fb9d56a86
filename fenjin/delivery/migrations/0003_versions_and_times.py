from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0002_walls_and_ink"),
        ("spaces", "0007_features_that_were_there"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PastConfirmation",
            fields=[
                ("space_id", models.BigIntegerField()),
                ("message_id", models.BigIntegerField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "space_id",
                        "message_id",
                        "person_id",
                        "confirmed_at",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("person_id", models.BigIntegerField()),
                ("confirmed_at", models.DateTimeField()),
                ("version", models.PositiveSmallIntegerField()),
                ("confirm_key", models.CharField(max_length=64)),
                ("undone_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="message",
            name="confirm_from",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="message",
            name="morning_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="pace",
            field=models.CharField(
                choices=[
                    ("at_once", "To everybody at once"),
                    ("waves", "In waves"),
                    ("morning", "In each reader's own morning"),
                ],
                db_default="at_once",
                default="at_once",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="pauses",
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddField(
            model_name="message",
            name="stopped_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="wave_minutes",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="message",
            name="withdrawn_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="withdrawn_why",
            field=models.CharField(blank=True, db_default="", default="", max_length=300),
        ),
        migrations.AddField(
            model_name="messageversion",
            name="material",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="messageversion",
            name="note",
            field=models.CharField(blank=True, db_default="", default="", max_length=300),
        ),
        migrations.AddField(
            model_name="receipt",
            name="opened_version",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.AlterField(
            model_name="message",
            name="state",
            field=models.CharField(
                choices=[
                    ("planned", "Planned"),
                    ("sending", "Being sent"),
                    ("paused", "Paused"),
                    ("cancelled", "Stopped"),
                    ("sent", "Sent out"),
                    ("withdrawn", "Withdrawn"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("state__in", ["planned", "sending"])), fields=["state"], name="message_under_way"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("current_version__gte", models.F("confirm_from"))), name="message_confirm_from_sane"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("morning_on__isnull", False), ("pace", "morning")),
                    models.Q(models.Q(("pace", "morning"), _negated=True), ("morning_on__isnull", True)),
                    _connector="OR",
                ),
                name="message_morning_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="pastconfirmation",
            constraint=models.UniqueConstraint(
                fields=("space_id", "person_id", "confirm_key"), name="past_confirmation_key"
            ),
        ),
    ]
