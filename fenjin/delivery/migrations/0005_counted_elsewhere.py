"""A rule may mean a second post and not the first: who counts under another unit than the first one is kept, in ink."""

from django.db import migrations, models

FORWARD = """
DROP TRIGGER audience_is_ink ON delivery_message;
CREATE TRIGGER audience_is_ink
    BEFORE UPDATE OF bitmap, head_count, elsewhere, frozen_at, rule, space_id, state ON delivery_message
    FOR EACH ROW WHEN (OLD.state <> 'planned' AND (NEW.state = 'planned'
        OR (OLD.bitmap, OLD.head_count, OLD.elsewhere, OLD.frozen_at, OLD.rule, OLD.space_id)
        IS DISTINCT FROM (NEW.bitmap, NEW.head_count, NEW.elsewhere, NEW.frozen_at, NEW.rule, NEW.space_id)))
    EXECUTE FUNCTION delivery_audience_is_ink();
"""
BACKWARD = """
DROP TRIGGER audience_is_ink ON delivery_message;
CREATE TRIGGER audience_is_ink BEFORE UPDATE OF bitmap, head_count, frozen_at, rule, space_id, state ON delivery_message
    FOR EACH ROW WHEN (OLD.state <> 'planned' AND (NEW.state = 'planned'
        OR (OLD.bitmap, OLD.head_count, OLD.frozen_at, OLD.rule, OLD.space_id)
        IS DISTINCT FROM (NEW.bitmap, NEW.head_count, NEW.frozen_at, NEW.rule, NEW.space_id)))
    EXECUTE FUNCTION delivery_audience_is_ink();
"""


class Migration(migrations.Migration):
    dependencies = [("delivery", "0004_ink_from_the_start")]
    operations = [
        migrations.AddField(
            "message",
            "elsewhere",
            models.JSONField(default=dict, db_default=models.Value({}, models.JSONField())),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
