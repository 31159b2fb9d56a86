"""The record of the doors has a hash chain of its own, and nobody changes or deletes a link of it."""

from django.db import migrations, models

FORWARD = """
CREATE TRIGGER door_seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_doorseal
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
"""
BACKWARD = "DROP TRIGGER door_seal_append_only ON audit_doorseal;"


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_doors_kept_180_days")]
    operations = [
        migrations.CreateModel(
            name="DoorSeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_id", models.BigIntegerField()),
                ("last_id", models.BigIntegerField(unique=True)),
                ("events", models.IntegerField()),
                ("gaps", models.JSONField(db_default=models.Value([], models.JSONField()), default=list)),
                ("late", models.JSONField(db_default=models.Value([], models.JSONField()), default=list)),
                ("horizon", models.BigIntegerField(null=True)),
                ("marks", models.BinaryField(db_default=b"", default=b"")),
                ("sha256", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField()),
                ("version", models.PositiveSmallIntegerField(default=3)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("gaps", []), _negated=True), fields=["-last_id"], name="door_seal_with_gaps"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first_id__lte", models.F("last_id"))), name="door_seal_range"
                    )
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
