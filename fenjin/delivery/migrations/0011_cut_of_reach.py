"""Who is reached, and why others are not, is counted with the cuts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("delivery", "0010_notes_and_approvals")]

    operations = [
        migrations.AlterField(
            "cut",
            "kind",
            models.CharField(
                choices=[("post", "Post"), ("place", "Place"), ("time", "Time"), ("reach", "Reach")], max_length=10
            ),
        ),
    ]
