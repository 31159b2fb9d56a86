"""Totals for lists, and answers to an emergency among the sums of coverage."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("delivery", "0014_reasons_and_living_burden")]

    operations = [
        migrations.CreateModel(
            "Total",
            [
                ("space_id", models.BigIntegerField()),
                ("message_id", models.BigIntegerField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "space_id",
                        "message_id",
                        "top_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("top_id", models.BigIntegerField()),
                ("people", models.IntegerField()),
                ("opened", models.IntegerField()),
                ("confirmed", models.IntegerField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddField("rollup", "safe", models.IntegerField(db_default=0, default=0)),
        migrations.AddField("rollup", "need_help", models.IntegerField(db_default=0, default=0)),
        # Sums from before have no answers in them: the next look makes them anew.
        migrations.RunSQL("UPDATE delivery_watch SET rolled_at = NULL", migrations.RunSQL.noop),
    ]
