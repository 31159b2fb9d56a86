"""Whether this database holds the made-up company: said by its loader, in a note that only the tables' owner writes."""

import json

from django.db import connection


def is_demo_database() -> bool:
    """Tell whether the database was flagged as demo (see kit.runtime.database.write_note)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass('public.django_migrations'), 'pg_class')")
        (note,) = cursor.fetchone()
    try:
        return bool(note) and json.loads(note).get("loaded") == "demo"
    except (ValueError, AttributeError):
        return False
