"""Comments, series, answers and explained words could not be switched off before: spaces that are there keep them."""

from django.db import migrations

FORWARD = """
UPDATE spaces_space SET modules = ARRAY(
    SELECT DISTINCT key FROM unnest(modules || '{answers,glossary,series,talk}'::varchar[]) AS key ORDER BY key
);
"""
BACKWARD = """
UPDATE spaces_space SET modules = ARRAY(
    SELECT key FROM unnest(modules) AS key WHERE key <> ALL ('{answers,glossary,series,talk}'::varchar[]) ORDER BY key
);
"""


class Migration(migrations.Migration):
    dependencies = [("spaces", "0006_settings")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
