"""What a roster would change, how far its work is, who approved it, and what its undo needs."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0009_second_factors_and_outside_identities'),
    ]

    operations = [
        migrations.CreateModel(
            name='RosterProgress',
            fields=[
                ('roster_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('phase', models.CharField(max_length=10)),
                ('done', models.IntegerField(default=0)),
                ('pid', models.IntegerField(default=0)),
                ('cancel', models.BooleanField(default=False)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.AddField(
            model_name='rosterimport',
            name='trace',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='rosterimport',
            name='undone_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='rosterimport',
            name='undone_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='rosterimport',
            name='state',
            field=models.CharField(choices=[('reading', 'Being read'), ('previewed', 'Previewed'), ('stopped', 'Stopped'), ('refused', 'Refused'), ('applying', 'Being applied'), ('applied', 'Applied'), ('undone', 'Undone'), ('cancelled', 'Cancelled')], default='previewed', max_length=10),
        ),
        migrations.CreateModel(
            name='RosterChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('roster_id', models.BigIntegerField()),
                ('place', models.IntegerField()),
                ('row', models.IntegerField(null=True)),
                ('action', models.CharField(max_length=8)),
                ('person_id', models.BigIntegerField(null=True)),
                ('number', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=80)),
                ('title', models.CharField(max_length=120)),
                ('unit', models.TextField()),
                ('was', models.TextField()),
                ('company', models.CharField(max_length=120)),
                ('second', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('fields', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('roster_id', 'action', 'place'), name='roster_change_place')],
            },
        ),
        migrations.CreateModel(
            name='RosterJournal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('roster_id', models.BigIntegerField()),
                ('kind', models.CharField(max_length=8)),
                ('row_id', models.BigIntegerField()),
                ('person_id', models.BigIntegerField()),
                ('before', models.JSONField(null=True)),
                ('after', models.JSONField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['person_id'], name='roster_journal_by_person')],
                'constraints': [models.UniqueConstraint(fields=('roster_id', 'kind', 'row_id'), name='roster_journal_row')],
            },
        ),
        migrations.CreateModel(
            name='RosterApproval',
            fields=[
                ('roster', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='approval', serialize=False, to='people.rosterimport')),
                ('digest', models.CharField(max_length=64)),
                ('reason', models.CharField(max_length=500)),
                ('approved_at', models.DateTimeField()),
                ('approved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='roster_approval_has_reason')],
            },
        ),
    ]
