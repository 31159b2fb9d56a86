"""Stated reasons by which people are named, what living messages ask, and one shape of what a second person decides."""

from django.db import migrations, models

INK = """
CREATE FUNCTION delivery_reason_is_ink() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Why and until when people are named is never changed after the press.' USING ERRCODE = '23001';
END $$;
CREATE TRIGGER reason_is_ink BEFORE UPDATE OF reason_kind, reason_words, due_on, due_time, due_zone ON delivery_message
    FOR EACH ROW WHEN ((OLD.reason_kind, OLD.reason_words) IS DISTINCT FROM (NEW.reason_kind, NEW.reason_words)
        OR (OLD.reason_kind <> '' AND (OLD.due_on, OLD.due_time, OLD.due_zone)
            IS DISTINCT FROM (NEW.due_on, NEW.due_time, NEW.due_zone)))
    EXECUTE FUNCTION delivery_reason_is_ink();
"""
NO_INK = """
DROP TRIGGER reason_is_ink ON delivery_message;
DROP FUNCTION delivery_reason_is_ink();
"""
DECIDED = models.Q(
    models.Q(("approved__isnull", True), ("decided_at__isnull", True), ("decided_by__isnull", True)),
    models.Q(("approved__isnull", False), ("decided_at__isnull", False), ("decided_by__isnull", False)),
    _connector="OR",
)
REASON = models.Q(
    models.Q(("reason_kind", ""), ("reason_words", "")),
    models.Q(
        ("due_on__isnull", False),
        ("importance", "confirm"),
        ("reason_kind__in", ["safety", "legal"]),
        models.Q(("reason_words", ""), _negated=True),
    ),
    _connector="OR",
)


class Migration(migrations.Migration):
    dependencies = [("delivery", "0013_ready_for_a_million")]

    operations = [
        migrations.AddField(
            "message",
            "reason_kind",
            models.CharField(
                blank=True,
                choices=[("safety", "For a safety reason"), ("legal", "For a legal reason")],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            "message", "reason_words", models.CharField(blank=True, db_default="", default="", max_length=120)
        ),
        migrations.AddConstraint("message", models.CheckConstraint(condition=REASON, name="message_reason_whole")),
        migrations.AddIndex(
            "message",
            models.Index(
                condition=models.Q(("reason_kind", ""), _negated=True), fields=["due_on"], name="message_with_reason"
            ),
        ),
        migrations.RunSQL(INK, NO_INK),
        migrations.AddField("burden", "living_seconds", models.BigIntegerField(db_default=0, default=0)),
        migrations.AddField("burden", "living_messages", models.IntegerField(db_default=0, default=0)),
        migrations.AddConstraint(
            "burden",
            models.CheckConstraint(condition=models.Q(("living_seconds__gte", 0)), name="burden_living_sane"),
        ),
        # What living messages ask is summed with the next minute.
        migrations.RunSQL("UPDATE delivery_burdensheet SET heads_at = NULL", migrations.RunSQL.noop),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint("waitingcorrection", "correction_decided_whole"),
                migrations.AddConstraint(
                    "waitingcorrection",
                    models.CheckConstraint(condition=DECIDED, name="waitingcorrection_decided_whole"),
                ),
            ],
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE delivery_waitingcorrection"
                    " RENAME CONSTRAINT correction_decided_whole TO waitingcorrection_decided_whole",
                    "ALTER TABLE delivery_waitingcorrection"
                    " RENAME CONSTRAINT waitingcorrection_decided_whole TO correction_decided_whole",
                )
            ],
        ),
    ]
