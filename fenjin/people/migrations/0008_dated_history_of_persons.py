from django.db import migrations, models
from django.db.models.deletion import CASCADE
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions.comparison import Cast

PERSON_KINDS = [
    ("joined", "Joined"),
    ("status", "Given another status"),
    ("name", "Name corrected"),
    ("number", "Staff number corrected"),
    ("left", "Left"),
    ("returned", "Came back"),
]
POST_KINDS = [
    ("begun", "Begun"),
    ("ended", "Ended"),
    ("reopened", "Ending taken back"),
    ("retitled", "Given another title"),
    ("main", "Made the main post"),
]
UNIT_KINDS = [
    ("opened", "Opened"),
    ("renamed", "Renamed"),
    ("moved", "Moved"),
    ("closed", "Closed"),
    ("reopened", "Closing taken back"),
    ("zone", "Given another time zone"),
    ("space", "Given to another sub-platform"),
]


class Migration(migrations.Migration):
    dependencies = [("people", "0007_code_sheets_and_cases")]

    operations = [
        migrations.CreateModel(
            name="PersonEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=PERSON_KINDS, max_length=10)),
                ("on", models.DateField()),
                ("old", models.JSONField(default=dict)),
                ("new", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("person", models.ForeignKey(on_delete=CASCADE, related_name="events", to="people.person")),
            ],
            options={"indexes": [models.Index(fields=["person", "on", "id"], name="person_event_by_date")]},
        ),
        migrations.AddField(
            model_name="unit",
            name="zone",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AlterField(
            model_name="postevent", name="kind", field=models.CharField(choices=POST_KINDS, max_length=10)
        ),
        migrations.AlterField(
            model_name="unitevent", name="kind", field=models.CharField(choices=UNIT_KINDS, max_length=10)
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("status", "on_duty"), _negated=True),
                fields=["status", "name_key", "id"],
                name="person_by_rare_status",
            ),
        ),
        migrations.AddIndex(
            model_name="unitevent",
            index=models.Index(
                Cast(KeyTextTransform("parent", "old"), models.BigIntegerField()),
                models.F("on"),
                condition=models.Q(("kind", "moved")),
                name="unit_event_moved_from",
            ),
        ),
    ]
