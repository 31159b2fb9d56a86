"""A dry run says of each person the status that the file states."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0011_roster_columns'),
    ]

    operations = [
        migrations.AddField(
            model_name='rosterchange',
            name='status',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
    ]
