"""Who changed since a sending is found by the time of writing: rows lie in its order, so block ranges are enough."""

import django.contrib.postgres.indexes
from django.db import migrations


def brin(name):
    return django.contrib.postgres.indexes.BrinIndex(
        fields=["created_at"], pages_per_range=32, autosummarize=True, name=name
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0014_posts_beside_and_own_zones")]

    operations = [
        migrations.AddIndex("post", brin("post_by_writing")),
        migrations.AddIndex("postevent", brin("post_event_by_writing")),
        migrations.AddIndex("personevent", brin("person_event_by_writing")),
    ]
