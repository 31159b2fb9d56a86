"""Whom to call, and when, also in English."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("spaces", "0008_duty_officer")]

    operations = [
        migrations.AddField("space", "contact_name_en", models.CharField(blank=True, max_length=80, db_default="")),
        migrations.AddField("space", "contact_hours_en", models.CharField(blank=True, max_length=80, db_default="")),
    ]
