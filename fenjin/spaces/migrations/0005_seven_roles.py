from django.db import migrations, models

ROLES = [
    ("author", "Author"),
    ("editor", "Editor"),
    ("publisher", "Publisher"),
    ("campaign_manager", "Campaign manager"),
    ("moderator", "Moderator"),
    ("unit_administrator", "Unit administrator"),
    ("auditor", "Auditor"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("spaces", "0004_unit_administrators"),
    ]

    operations = [
        migrations.AlterField(
            model_name="rolegrant",
            name="role",
            field=models.CharField(choices=ROLES, max_length=20),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_at__isnull", True), ("ends_at__gte", models.F("given_at")), _connector="OR"
                ),
                name="role_grant_ends_after_it_began",
            ),
        ),
    ]
