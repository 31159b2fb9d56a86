"""Whatever belongs to a release is in the space of its article: said by the database."""

from django.db import migrations

FORWARD = """
ALTER TABLE newsroom_rulestep ADD CONSTRAINT rule_step_same_space FOREIGN KEY (space_id, rule_id)
    REFERENCES newsroom_releaserule (space_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE newsroom_release ADD CONSTRAINT release_same_space FOREIGN KEY (space_id, article_id)
    REFERENCES newsroom_article (space_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE newsroom_releasestep ADD CONSTRAINT release_step_same_space FOREIGN KEY (space_id, release_id)
    REFERENCES newsroom_release (space_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE newsroom_releaseentry ADD CONSTRAINT release_entry_same_space FOREIGN KEY (space_id, article_id)
    REFERENCES newsroom_article (space_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE newsroom_correction ADD CONSTRAINT correction_same_space FOREIGN KEY (space_id, article_id)
    REFERENCES newsroom_article (space_id, id) DEFERRABLE INITIALLY DEFERRED;
"""
BACKWARD = """
ALTER TABLE newsroom_correction DROP CONSTRAINT correction_same_space;
ALTER TABLE newsroom_releaseentry DROP CONSTRAINT release_entry_same_space;
ALTER TABLE newsroom_releasestep DROP CONSTRAINT release_step_same_space;
ALTER TABLE newsroom_release DROP CONSTRAINT release_same_space;
ALTER TABLE newsroom_rulestep DROP CONSTRAINT rule_step_same_space;
"""


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0004_release")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
