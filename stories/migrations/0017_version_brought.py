from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0016_told_elsewhere")]

    operations = [
        migrations.AddField(
            model_name="story",
            name="external_version",
            field=models.PositiveIntegerField(blank=True, editable=False, null=True),
        ),
    ]
