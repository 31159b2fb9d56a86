from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

# The database knows each default too, so that a node of the version before still opens spaces.
NONE = models.Value([], ArrayField(models.CharField(max_length=30)))


class Migration(migrations.Migration):
    dependencies = [
        ("spaces", "0005_seven_roles"),
    ]

    operations = [
        migrations.AddField("space", "hue", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("space", "ramp", models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))),
        migrations.AddField("space", "sections", ArrayField(models.CharField(max_length=30), default=list, db_default=NONE)),
        migrations.AddField("space", "hidden_sections", ArrayField(models.CharField(max_length=30), default=list, db_default=NONE)),
        migrations.AddField(
            "space",
            "blend",
            models.CharField(
                choices=[("newest", "Newest first"), ("both", "Some of both"), ("own", "Own news first")],
                default="both",
                db_default="both",
                max_length=10,
            ),
        ),
        migrations.AddField("space", "watermark", models.BooleanField(default=False, db_default=False)),
        migrations.AddField("space", "contact_name", models.CharField(blank=True, max_length=40, db_default="")),
        migrations.AddField("space", "contact_phone", models.CharField(blank=True, max_length=30, db_default="")),
        migrations.AddField("space", "contact_hours", models.CharField(blank=True, max_length=60, db_default="")),
        migrations.AddField("space", "revision", models.PositiveIntegerField(default=1, db_default=1)),
        migrations.AddConstraint(
            "space",
            models.CheckConstraint(
                condition=models.Q(hue__isnull=True, ramp={}) | models.Q(hue__lt=360) & ~models.Q(ramp={}),
                name="space_hue_with_its_ramp",
            ),
        ),
    ]
