"""Columns, series, their parts and the answers stay in the space of their articles: said by the database.

The part's copy of the kind is tied to the series', so that the rule "part of one series at most" cannot be evaded.
"""

from django.db import migrations

FORWARD = """
ALTER TABLE newsroom_article ADD CONSTRAINT article_column_same_space FOREIGN KEY (space_id, column_id)
    REFERENCES newsroom_column (space_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE newsroom_seriespart ADD CONSTRAINT series_part_same_space FOREIGN KEY (space_id, series_id)
    REFERENCES newsroom_series (space_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE newsroom_seriespart ADD CONSTRAINT series_part_same_kind FOREIGN KEY (series_id, kind)
    REFERENCES newsroom_series (id, kind) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE newsroom_seriespart ADD CONSTRAINT series_part_article_same_space FOREIGN KEY (space_id, article_id)
    REFERENCES newsroom_article (space_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE newsroom_answer ADD CONSTRAINT answer_article_same_space FOREIGN KEY (space_id, article_id)
    REFERENCES newsroom_article (space_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE newsroom_answer ADD CONSTRAINT answer_heir_same_space FOREIGN KEY (space_id, replaced_by_id)
    REFERENCES newsroom_answer (space_id, id) DEFERRABLE INITIALLY DEFERRED;
"""
BACKWARD = """
ALTER TABLE newsroom_answer DROP CONSTRAINT answer_heir_same_space;
ALTER TABLE newsroom_answer DROP CONSTRAINT answer_article_same_space;
ALTER TABLE newsroom_seriespart DROP CONSTRAINT series_part_article_same_space;
ALTER TABLE newsroom_seriespart DROP CONSTRAINT series_part_same_kind;
ALTER TABLE newsroom_seriespart DROP CONSTRAINT series_part_same_space;
ALTER TABLE newsroom_article DROP CONSTRAINT article_column_same_space;
"""


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0006_series")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
