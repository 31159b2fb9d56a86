"""The audience of a planned message may change until its sending begins; from then on it is ink."""

from django.db import migrations

FORWARD = """
DROP TRIGGER audience_is_ink ON delivery_message;
CREATE TRIGGER audience_is_ink BEFORE UPDATE OF bitmap, head_count, frozen_at, rule, space_id, state ON delivery_message
    FOR EACH ROW WHEN (OLD.state <> 'planned' AND (NEW.state = 'planned'
        OR (OLD.bitmap, OLD.head_count, OLD.frozen_at, OLD.rule, OLD.space_id)
        IS DISTINCT FROM (NEW.bitmap, NEW.head_count, NEW.frozen_at, NEW.rule, NEW.space_id)))
    EXECUTE FUNCTION delivery_audience_is_ink();
"""
BACKWARD = """
DROP TRIGGER audience_is_ink ON delivery_message;
CREATE TRIGGER audience_is_ink BEFORE UPDATE OF bitmap, head_count, frozen_at, rule, space_id ON delivery_message
    FOR EACH ROW WHEN (OLD.state = 'sent' AND (OLD.bitmap, OLD.head_count, OLD.frozen_at, OLD.rule, OLD.space_id)
        IS DISTINCT FROM (NEW.bitmap, NEW.head_count, NEW.frozen_at, NEW.rule, NEW.space_id))
    EXECUTE FUNCTION delivery_audience_is_ink();
"""


class Migration(migrations.Migration):
    dependencies = [("delivery", "0003_versions_and_times")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
