"""An appeal and a report stay in the space of their case: said by the database."""

from django.db import migrations

FORWARD = """
ALTER TABLE moderation_appeal ADD CONSTRAINT appeal_same_space FOREIGN KEY (space_id, case_id)
    REFERENCES moderation_case (space_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE moderation_report ADD CONSTRAINT report_same_space FOREIGN KEY (space_id, case_id)
    REFERENCES moderation_case (space_id, id) DEFERRABLE INITIALLY DEFERRED;
"""
BACKWARD = """
ALTER TABLE moderation_report DROP CONSTRAINT report_same_space;
ALTER TABLE moderation_appeal DROP CONSTRAINT appeal_same_space;
"""


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_cases_and_words"), ("spaces", "0005_seven_roles")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
