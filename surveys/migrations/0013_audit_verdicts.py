from django.db import migrations, models

CHOICES = [("passed", "Passed"), ("failed", "Failed")]


def renamed(part, words):
    """The same document with another word for the verdicts and another format."""
    if isinstance(part, list):
        return [renamed(entry, words) for entry in part]
    if not isinstance(part, dict):
        return part
    return {
        key: words.get(value, value) if key in ("verdict", "format") else renamed(value, words)
        for key, value in part.items()
    }


def rename(words):
    def run(apps, schema_editor):
        runs = apps.get_model("surveys", "AuditRun").objects.using(schema_editor.connection.alias)
        for run in runs.iterator():
            run.verdict = words.get(run.verdict, run.verdict)
            run.report = renamed(run.report, words)
            run.save(update_fields=["verdict", "report"])

    return run


FORWARDS = {"held": "passed", "faultline-audit/1": "faultline-audit/2"}
BACKWARDS = {new: old for old, new in FORWARDS.items()}


class Migration(migrations.Migration):

    dependencies = [
        ("surveys", "0012_mail_problems"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="auditrun", name="audit_run_verdict_known"),
        migrations.AlterField(
            model_name="auditrun", name="verdict", field=models.CharField(choices=CHOICES, max_length=6)
        ),
        migrations.RunPython(rename(FORWARDS), rename(BACKWARDS)),
        migrations.AddConstraint(
            model_name="auditrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict__in", ["passed", "failed"])), name="audit_run_verdict_known"
            ),
        ),
    ]
