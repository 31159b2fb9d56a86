"""A version stays in the space of its message, and what was sent stays as it was sent."""

from django.db import migrations

FORWARD = """
ALTER TABLE delivery_messageversion ADD CONSTRAINT message_version_same_space FOREIGN KEY (space_id, message_id)
    REFERENCES delivery_message (space_id, id) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION delivery_version_is_ink() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A version of a message is never changed or deleted; write a new one.' USING ERRCODE = '23001';
END $$;
CREATE TRIGGER version_is_ink BEFORE UPDATE OR DELETE ON delivery_messageversion
    FOR EACH ROW EXECUTE FUNCTION delivery_version_is_ink();

CREATE FUNCTION delivery_audience_is_ink() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audience of a sent message is never changed.' USING ERRCODE = '23001';
END $$;
CREATE TRIGGER audience_is_ink BEFORE UPDATE OF bitmap, head_count, frozen_at, rule, space_id ON delivery_message
    FOR EACH ROW WHEN (OLD.state = 'sent' AND (OLD.bitmap, OLD.head_count, OLD.frozen_at, OLD.rule, OLD.space_id)
        IS DISTINCT FROM (NEW.bitmap, NEW.head_count, NEW.frozen_at, NEW.rule, NEW.space_id))
    EXECUTE FUNCTION delivery_audience_is_ink();
"""
BACKWARD = """
DROP TRIGGER audience_is_ink ON delivery_message;
DROP FUNCTION delivery_audience_is_ink();
DROP TRIGGER version_is_ink ON delivery_messageversion;
DROP FUNCTION delivery_version_is_ink();
ALTER TABLE delivery_messageversion DROP CONSTRAINT message_version_same_space;
"""


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_messages_and_ledger"), ("spaces", "0003_group_and_walls")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
