from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('shell', '0001_complaint'),
    ]

    operations = [
        migrations.AddField(
            model_name='complaint',
            name='seen_at',
            field=models.DateTimeField(null=True),
        ),
    ]
