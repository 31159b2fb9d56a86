from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moderation", "0002_walls")]
    operations = [
        migrations.AddField("case", "seen_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "case",
            models.Index(
                condition=models.Q(decided_at__isnull=False), fields=["decided_at"], name="case_by_decision"
            ),
        ),
    ]
