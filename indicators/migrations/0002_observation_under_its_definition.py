"""An observation's definition is of its indicator, and says its kind: the database keeps it so."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql="""
            ALTER TABLE indicators_observation ADD CONSTRAINT observation_under_its_definition
            FOREIGN KEY (definition_id, indicator_id, kind)
            REFERENCES indicators_definition (id, indicator_id, kind)
            DEFERRABLE INITIALLY DEFERRED
            """,
            reverse_sql="""
            ALTER TABLE indicators_observation DROP CONSTRAINT observation_under_its_definition
            """,
        )
    ]
