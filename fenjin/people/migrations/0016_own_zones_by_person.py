"""Who lives by an own clock is read from the index alone: the person's number stands in it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0015_by_time_of_writing")]

    operations = [
        migrations.RemoveIndex("person", "person_by_own_zone"),
        migrations.AddIndex(
            "person",
            models.Index(fields=["zone", "id"], condition=~models.Q(zone=""), name="person_by_own_zone"),
        ),
    ]
