"""Documents and recordings."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('media', '0002_withdrawn'),
        ('spaces', '0003_group_and_walls'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MediaFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('document', 'Document'), ('recording', 'Recording')], editable=False, max_length=10, verbose_name='kind')),
                ('title', models.CharField(max_length=80, verbose_name='title')),
                ('form', models.CharField(editable=False, max_length=8)),
                ('file', models.FileField(editable=False, upload_to='files')),
                ('size', models.PositiveBigIntegerField(editable=False)),
                ('seconds', models.PositiveIntegerField(editable=False, null=True)),
                ('transcript', models.TextField(blank=True, verbose_name='what is said')),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True)),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='spaces.space')),
                ('uploaded_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'file',
                'verbose_name_plural': 'files',
                'constraints': [
                    models.UniqueConstraint(fields=('space', 'id'), name='media_file_space_id'),
                    models.CheckConstraint(condition=models.Q(models.Q(('kind', 'document'), ('seconds__isnull', True)), models.Q(('kind', 'recording'), ('seconds__isnull', False)), _connector='OR'), name='media_file_recordings_have_a_length'),
                ],
            },
        ),
    ]
