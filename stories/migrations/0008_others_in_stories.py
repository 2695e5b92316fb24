import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import communities.fields

OTHERS = [
    ("nobody", "Nobody else is named or described"),
    ("agreed", "Somebody is, and they have agreed"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0009_privacy_notice"),
        ("stories", "0007_words_to_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="story",
            name="others",
            field=models.CharField(blank=True, choices=OTHERS, max_length=6),
        ),
        migrations.AddField(
            model_name="story",
            name="others_reviewed",
            field=models.CharField(blank=True, choices=OTHERS, max_length=6),
        ),
        migrations.CreateModel(
            name="Concern",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    communities.fields.WordsField(
                        blank=True, max_length=5000, verbose_name="what it is about"
                    ),
                ),
                (
                    "contact",
                    communities.fields.NameField(
                        blank=True, max_length=200, verbose_name="how to reach you"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("has_hidden", models.BooleanField(default=False, editable=False)),
                ("answered_at", models.DateTimeField(editable=False, null=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="concerns",
                        to="communities.community",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="concerns",
                        to="stories.story",
                    ),
                ),
            ],
            options={
                "verbose_name": "concern",
                "verbose_name_plural": "concerns",
                "ordering": ["-at", "-pk"],
            },
        ),
    ]
