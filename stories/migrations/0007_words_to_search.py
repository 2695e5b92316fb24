import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.contrib.postgres.search import SearchVector
from django.db import migrations, models
from django.db.models import Value

from valuecreation.alphabet import folded

COUNTED = ["told", "confirmed"]


def index_stories(apps, schema_editor):
    """The words of the stories there are, in no language's dictionary until each is changed."""
    Words = apps.get_model("stories", "Words")
    for story in apps.get_model("stories", "Story").objects.filter(purged_at=None).iterator():
        texts = [
            story.title,
            *story.steps.filter(status__in=COUNTED).values_list("text", flat=True),
        ]
        words = "\n".join(folded(text) for text in texts if text)
        vector = SearchVector(Value(words[:100_000]), config="simple")
        Words.objects.create(story=story, folded=words, vector=vector)


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0006_private_addresses"),
    ]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        migrations.CreateModel(
            name="Words",
            fields=[
                (
                    "story",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="stories.story",
                    ),
                ),
                ("folded", models.TextField()),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "verbose_name": "words of a story",
                "verbose_name_plural": "words of stories",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["vector"], name="words_vector"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["folded"], name="words_trigrams", opclasses=["gin_trgm_ops"]
                    ),
                ],
            },
        ),
        migrations.RunPython(index_stories, migrations.RunPython.noop),
    ]
