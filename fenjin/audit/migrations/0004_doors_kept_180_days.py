"""The record of the doors is never changed, and no row goes before it is 180 days old, whoever asks."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_kept_180_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.at > now() - interval '180 days' THEN
        RAISE EXCEPTION 'the record of the doors is kept for 180 days' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER audit_door_kept BEFORE DELETE ON audit_doorevent FOR EACH ROW EXECUTE FUNCTION audit_kept_180_days();
CREATE TRIGGER audit_door_append_only BEFORE UPDATE OR TRUNCATE ON audit_doorevent
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
"""
BACKWARD = """
DROP TRIGGER audit_door_append_only ON audit_doorevent;
DROP TRIGGER audit_door_kept ON audit_doorevent;
DROP FUNCTION audit_kept_180_days();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_chain_of_late_rows_and_doors")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
