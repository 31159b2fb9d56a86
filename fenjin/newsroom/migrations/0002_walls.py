"""An article and its pictures are in one space, or the picture is the group's: said by the database.

Foreign keys of Django look at the id only, and forward access goes around the scoped manager, so the
space is part of a second key; the CHECKs of the tables allow the own space and the group (1).
"""

from django.db import migrations

FORWARD = """
ALTER TABLE newsroom_article ADD CONSTRAINT article_cover_same_space FOREIGN KEY (cover_space, cover_id)
    REFERENCES media_picture (space_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE newsroom_pictureuse ADD CONSTRAINT picture_use_article_same_space FOREIGN KEY (space_id, article_id)
    REFERENCES newsroom_article (space_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE newsroom_pictureuse ADD CONSTRAINT picture_use_picture_same_space FOREIGN KEY (picture_space, picture_id)
    REFERENCES media_picture (space_id, id) DEFERRABLE INITIALLY DEFERRED;
"""
BACKWARD = """
ALTER TABLE newsroom_pictureuse DROP CONSTRAINT picture_use_picture_same_space;
ALTER TABLE newsroom_pictureuse DROP CONSTRAINT picture_use_article_same_space;
ALTER TABLE newsroom_article DROP CONSTRAINT article_cover_same_space;
"""


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0001_articles"), ("media", "0002_withdrawn")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
