from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0010_publish_at_once"),
    ]

    operations = [
        migrations.AlterField(
            model_name="auditentry",
            name="act",
            field=models.CharField(
                choices=[
                    ("found", "founded the community"),
                    ("change_community", "changed the community"),
                    ("open_page", "opened the public page"),
                    ("close_page", "closed the public page"),
                    ("add_member", "added a member"),
                    ("join", "joined"),
                    ("change_roles", "changed the roles of a member"),
                    ("change_group", "changed the group of a member"),
                    ("remove", "removed a member"),
                    ("leave", "left"),
                    ("deactivate", "closed an account"),
                    ("invite", "invited somebody"),
                    ("resend", "invited again"),
                    ("revoke", "took an invitation back"),
                    ("decline", "said no to an invitation"),
                    ("add_group", "added a stakeholder group"),
                    ("change_stakeholder_group", "changed a stakeholder group"),
                    ("delete_group", "deleted a stakeholder group"),
                    ("merge_tellers", "joined two tellers into one"),
                    ("undo_merge", "undid the joining of two tellers"),
                    ("take_snapshot", "took a snapshot of the matrix"),
                ],
                max_length=40,
            ),
        ),
    ]
