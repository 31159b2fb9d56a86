"""Questions, versions, topics and pictures stay in one space; a question shows versions of its own; what is approved is ink.

Whoever has the platform already finds the bank switched on: it is a desk, and readers see nothing of it.
"""

from django.db import migrations

WALLS = """
ALTER TABLE quiz_question ADD CONSTRAINT question_topic_same_space FOREIGN KEY (space_id, topic_id)
    REFERENCES quiz_topic (space_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE quiz_question ADD CONSTRAINT question_current_same_space FOREIGN KEY (space_id, current_id)
    REFERENCES quiz_questionversion (space_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE quiz_question ADD CONSTRAINT question_current_its_own FOREIGN KEY (id, current_id)
    REFERENCES quiz_questionversion (question_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE quiz_question ADD CONSTRAINT question_newest_same_space FOREIGN KEY (space_id, newest_id)
    REFERENCES quiz_questionversion (space_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE quiz_question ADD CONSTRAINT question_newest_its_own FOREIGN KEY (id, newest_id)
    REFERENCES quiz_questionversion (question_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE quiz_questionversion ADD CONSTRAINT question_version_same_space FOREIGN KEY (space_id, question_id)
    REFERENCES quiz_question (space_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE quiz_versionpicture ADD CONSTRAINT version_picture_same_space FOREIGN KEY (space_id, version_id)
    REFERENCES quiz_questionversion (space_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE quiz_versionpicture ADD CONSTRAINT version_picture_of_space FOREIGN KEY (picture_space, picture_id)
    REFERENCES media_picture (space_id, id) DEFERRABLE INITIALLY DEFERRED;
CREATE FUNCTION quiz_approved_is_ink() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An approved version of a question is never changed.' USING ERRCODE = '23001';
END $$;
CREATE TRIGGER approved_is_ink BEFORE UPDATE OR DELETE ON quiz_questionversion
    FOR EACH ROW WHEN (OLD.state = 'approved') EXECUTE FUNCTION quiz_approved_is_ink();
"""
NO_WALLS = """
DROP TRIGGER approved_is_ink ON quiz_questionversion;
DROP FUNCTION quiz_approved_is_ink();
ALTER TABLE quiz_versionpicture DROP CONSTRAINT version_picture_of_space;
ALTER TABLE quiz_versionpicture DROP CONSTRAINT version_picture_same_space;
ALTER TABLE quiz_questionversion DROP CONSTRAINT question_version_same_space;
ALTER TABLE quiz_question DROP CONSTRAINT question_newest_its_own;
ALTER TABLE quiz_question DROP CONSTRAINT question_newest_same_space;
ALTER TABLE quiz_question DROP CONSTRAINT question_current_its_own;
ALTER TABLE quiz_question DROP CONSTRAINT question_current_same_space;
ALTER TABLE quiz_question DROP CONSTRAINT question_topic_same_space;
"""
ON = """
UPDATE spaces_space SET modules = ARRAY(
    SELECT DISTINCT key FROM unnest(modules || '{quiz}'::varchar[]) AS key ORDER BY key
);
"""
OFF = """
UPDATE spaces_space SET modules = ARRAY(SELECT key FROM unnest(modules) AS key WHERE key <> 'quiz' ORDER BY key);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("quiz", "0001_question_bank"),
        ("media", "0002_withdrawn"),
        ("spaces", "0009_contact_in_english"),
    ]
    operations = [migrations.RunSQL(WALLS, NO_WALLS), migrations.RunSQL(ON, OFF)]
