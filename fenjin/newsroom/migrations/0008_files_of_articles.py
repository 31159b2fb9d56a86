"""Which documents and recordings a published article offers; all in one space, or the group's: said by the database."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
ALTER TABLE newsroom_fileuse ADD CONSTRAINT file_use_article_same_space FOREIGN KEY (space_id, article_id)
    REFERENCES newsroom_article (space_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE newsroom_fileuse ADD CONSTRAINT file_use_file_same_space FOREIGN KEY (file_space, file_id)
    REFERENCES media_mediafile (space_id, id) DEFERRABLE INITIALLY DEFERRED;
"""
BACKWARD = """
ALTER TABLE newsroom_fileuse DROP CONSTRAINT file_use_file_same_space;
ALTER TABLE newsroom_fileuse DROP CONSTRAINT file_use_article_same_space;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('media', '0003_files'),
        ('newsroom', '0007_series_walls'),
        ('spaces', '0004_unit_administrators'),
    ]

    operations = [
        migrations.CreateModel(
            name='FileUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('file_space', models.BigIntegerField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='file_uses', to='newsroom.article')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='media.mediafile')),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='spaces.space')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('article', 'file'), name='file_use_once'),
                    models.CheckConstraint(condition=models.Q(('file_space', models.F('space_id')), ('file_space', 1), _connector='OR'), name='file_use_space'),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
