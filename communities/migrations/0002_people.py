import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import communities.fields
import communities.models.secret


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Removal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "verbose_name": "removal",
                "verbose_name_plural": "removals",
            },
        ),
        migrations.AlterModelOptions(
            name="invitation",
            options={
                "ordering": ["-created_at", "-pk"],
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
            },
        ),
        migrations.RemoveField(
            model_name="invitation",
            name="uses_left",
        ),
        migrations.AddField(
            model_name="invitation",
            name="declined_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="invitation",
            name="name",
            field=communities.fields.NameField(blank=True, max_length=200, verbose_name="name"),
        ),
        migrations.AddField(
            model_name="invitation",
            name="nonce",
            field=models.CharField(
                default=communities.models.secret.new_nonce,
                editable=False,
                max_length=32,
                unique=True,
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="uses",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="invitation",
            name="uses_allowed",
            field=models.PositiveIntegerField(blank=True, default=1, null=True),
        ),
        migrations.AddField(
            model_name="membership",
            name="declined_to_tell_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(
                blank=True,
                help_text="Empty: as the browser says.",
                max_length=10,
                verbose_name="language",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="time_zone",
            field=models.CharField(
                blank=True,
                help_text="Empty: as the community has it.",
                max_length=60,
                verbose_name="time zone",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="unwanted_mails",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                default=list,
                size=None,
                verbose_name="mails not wanted",
            ),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="email",
            field=communities.fields.AddressField(
                blank=True, max_length=254, verbose_name="e-mail"
            ),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="revoked_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="secret_hash",
            field=models.CharField(editable=False, max_length=64, unique=True),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="stakeholder_group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to="communities.stakeholdergroup",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("email", ""), _negated=True),
                fields=("community", "email"),
                name="invited_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("uses_allowed", None), ("uses__lte", models.F("uses_allowed")), _connector="OR"
                ),
                name="invitation_not_overused",
            ),
        ),
        migrations.AlterConstraint(
            model_name="invitation",
            name="invitation_has_known_roles",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("roles__contained_by", ["member", "facilitator", "funder"]),
                    ("roles__len__gt", 0),
                ),
                name="invitation_has_known_roles",
                violation_error_message="Choose at least one role.",
            ),
        ),
        migrations.AddField(
            model_name="removal",
            name="community",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="removals",
                to="communities.community",
            ),
        ),
        migrations.AddField(
            model_name="removal",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.UniqueConstraint(fields=("community", "user"), name="removed_once"),
        ),
    ]
