"""Posts and their events are held by one composite key each; indexes that a wider one already serves go.

The composite keys post_unit_same_space and post_event_same_space (spaces.0003) prove that unit, post
and space exist. A roster of a million rows pays for each key and each index a million times.
"""

import django.db.models.deletion
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [("people", "0012_status_of_roster_changes"), ("spaces", "0004_unit_administrators")]

    operations = [
        migrations.AlterField(
            "person", "numbering", models.ForeignKey("people.numbering", db_index=False, on_delete=PROTECT)
        ),
        migrations.AlterField(
            "post",
            "person",
            models.ForeignKey("people.person", db_index=False, on_delete=PROTECT, related_name="posts"),
        ),
        migrations.AlterField(
            "post",
            "space",
            models.ForeignKey("spaces.space", db_constraint=False, db_index=False, on_delete=PROTECT, related_name="+"),
        ),
        migrations.AlterField(
            "post",
            "unit",
            models.ForeignKey(
                "people.unit", db_constraint=False, db_index=False, on_delete=PROTECT, related_name="posts"
            ),
        ),
        migrations.AlterField(
            "postevent",
            "post",
            models.ForeignKey(
                "people.post", db_constraint=False, db_index=False, on_delete=PROTECT, related_name="events"
            ),
        ),
        migrations.AlterField(
            "postevent",
            "space",
            models.ForeignKey("spaces.space", db_constraint=False, on_delete=PROTECT, related_name="+"),
        ),
    ]
