from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0008_others_in_stories"),
    ]

    operations = [
        migrations.AddField(
            model_name="story",
            name="is_stub",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=Q(("is_stub", False), ("status", "draft"), _connector="OR"),
                name="stub_is_a_draft",
            ),
        ),
    ]
