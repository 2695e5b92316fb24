"""Both steps of a link are of the link's story: the database keeps it so."""

from django.db import migrations


def within_one_story(end):
    return migrations.RunSQL(
        sql=f"""
        ALTER TABLE stories_link ADD CONSTRAINT link_{end}_within_one_story
        FOREIGN KEY (story_id, {end}_id) REFERENCES stories_step (story_id, id)
        DEFERRABLE INITIALLY DEFERRED
        """,
        reverse_sql=f"ALTER TABLE stories_link DROP CONSTRAINT link_{end}_within_one_story",
    )


class Migration(migrations.Migration):
    dependencies = [("stories", "0001_initial")]

    operations = [within_one_story("from_step"), within_one_story("to_step")]
