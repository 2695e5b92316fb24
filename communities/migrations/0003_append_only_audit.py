import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

APPEND_ONLY = """
CREATE FUNCTION refuse_to_change_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit entries are only ever added'
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON communities_auditentry
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_audit();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON communities_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_audit();
"""
AS_BEFORE = """
DROP TRIGGER audit_is_not_emptied ON communities_auditentry;
DROP TRIGGER audit_is_append_only ON communities_auditentry;
DROP FUNCTION refuse_to_change_audit();
"""


class Migration(migrations.Migration):
    dependencies = [("communities", "0002_people")]

    operations = [
        migrations.AddField(
            model_name="auditentry",
            name="roles",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("member", "Member"),
                        ("facilitator", "Facilitator"),
                        ("funder", "Funder"),
                    ],
                    max_length=20,
                ),
                null=True,
                size=None,
            ),
        ),
        migrations.AlterField(
            model_name="auditentry",
            name="act",
            field=models.CharField(
                choices=[
                    ("found", "founded the community"),
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
                ],
                max_length=40,
            ),
        ),
        migrations.AlterField(
            model_name="auditentry",
            name="community",
            field=models.ForeignKey(
                db_constraint=False,
                default=1,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="audit_entries",
                to="communities.community",
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(APPEND_ONLY, AS_BEFORE),
    ]
