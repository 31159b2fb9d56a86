"""The group is space 1; and rows that belong together are in the same space, said by the database.

Foreign keys of Django look at the id only, and forward access goes around the scoped manager, so
the space is part of a second key. ON UPDATE CASCADE: when a unit is given to another space, its
posts and the history of both go along in the same statement.
"""

from django.db import migrations

FORWARD = """
INSERT INTO spaces_space (id, uid, name, name_en, seal, zone, modules, created_at)
    VALUES (1, gen_random_uuid(), '集团', 'The group', '奋', 'Asia/Shanghai', '{}', now());
SELECT setval(pg_get_serial_sequence('spaces_space', 'id'), 1);
INSERT INTO people_numbering (id, name) VALUES (1, '集团统一编号');
SELECT setval(pg_get_serial_sequence('people_numbering', 'id'), 1);

ALTER TABLE people_post ADD CONSTRAINT post_unit_same_space FOREIGN KEY (space_id, unit_id)
    REFERENCES people_unit (space_id, id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE people_unitevent ADD CONSTRAINT unit_event_same_space FOREIGN KEY (space_id, unit_id)
    REFERENCES people_unit (space_id, id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE people_postevent ADD CONSTRAINT post_event_same_space FOREIGN KEY (space_id, post_id)
    REFERENCES people_post (space_id, id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE spaces_rolegrant ADD CONSTRAINT role_grant_unit_same_space FOREIGN KEY (space_id, unit_id)
    REFERENCES people_unit (space_id, id) DEFERRABLE INITIALLY DEFERRED;
"""
BACKWARD = """
ALTER TABLE spaces_rolegrant DROP CONSTRAINT role_grant_unit_same_space;
ALTER TABLE people_postevent DROP CONSTRAINT post_event_same_space;
ALTER TABLE people_unitevent DROP CONSTRAINT unit_event_same_space;
ALTER TABLE people_post DROP CONSTRAINT post_unit_same_space;
DELETE FROM people_numbering WHERE id = 1;
DELETE FROM spaces_space WHERE id = 1;
"""


class Migration(migrations.Migration):
    dependencies = [("spaces", "0002_roles"), ("people", "0001_people")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
