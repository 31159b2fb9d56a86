"""Audiences by years of service find newcomers without reading everybody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0016_own_zones_by_person")]

    operations = [
        migrations.AddIndex("person", models.Index(fields=["started_on", "id"], name="person_by_first_day")),
    ]
