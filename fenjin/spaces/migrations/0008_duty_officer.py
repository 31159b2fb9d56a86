from django.db import migrations, models

ROLES = [
    ("author", "Author"),
    ("editor", "Editor"),
    ("publisher", "Publisher"),
    ("campaign_manager", "Campaign manager"),
    ("moderator", "Moderator"),
    ("unit_administrator", "Unit administrator"),
    ("duty_officer", "Duty officer"),
    ("auditor", "Auditor"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("spaces", "0007_features_that_were_there"),
    ]

    operations = [
        migrations.AlterField(
            model_name="rolegrant",
            name="role",
            field=models.CharField(choices=ROLES, max_length=20),
        ),
    ]
