import re

from django.db import migrations, models

CODES = {
    "no longer due": "not_due",
    "its sending was broken off": "unfinished",
    "cannot be written as a mail": "unwritable",
    "no recipient": "no_recipient",
}
WITH_REPLY = {
    "recipient_refused": ("recipient refused: ", ""),
    "server_refused": ("mail server refused: ", ""),
    "connection_lost": ("mail server broke off (", ")"),
    "legacy": ("", ""),
}
LABELS = [
    ("unfinished", "Its sending did not end"),
    ("not_due", "No longer due"),
    ("unwritable", "Cannot be written as a mail"),
    ("no_recipient", "Without a recipient"),
    ("recipient_refused", "Recipient refused"),
    ("server_refused", "Refused by the mail server"),
    ("connection_lost", "Connection to the mail server lost"),
    ("legacy", "Other"),
]


def read(text):
    """The code and the reply that an old text said."""
    if text in CODES:
        return CODES[text], ""
    for code, (before, after) in WITH_REPLY.items():
        if match := re.fullmatch(f"{re.escape(before)}(.*){re.escape(after)}", text, re.DOTALL):
            return code, match[1]
    raise AssertionError("The last pattern takes every text.")


def code_texts(apps, schema_editor):
    mails = apps.get_model("surveys", "Mail").objects.using(schema_editor.connection.alias)
    for text in list(mails.exclude(problem="").values_list("problem", flat=True).distinct()):
        code, reply = read(text)
        mails.filter(problem=text).update(problem=code, reply=reply)


def write_texts(apps, schema_editor):
    mails = apps.get_model("surveys", "Mail").objects.using(schema_editor.connection.alias)
    texts = {code: text for text, code in CODES.items()}
    for code, reply in list(mails.exclude(problem="").values_list("problem", "reply").distinct()):
        before, after = WITH_REPLY.get(code, ("", ""))
        mails.filter(problem=code, reply=reply).update(problem=texts.get(code) or f"{before}{reply}{after}")


class Migration(migrations.Migration):

    dependencies = [
        ("surveys", "0011_abandoned_waves"),
    ]

    operations = [
        migrations.AddField(
            model_name="mail", name="reply", field=models.CharField(blank=True, max_length=80)
        ),
        migrations.RunPython(code_texts, write_texts),
        migrations.AlterField(
            model_name="mail", name="problem", field=models.CharField(blank=True, choices=LABELS, max_length=20)
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(("problem__in", ["", *(code for code, _ in LABELS)])), name="mail_problem_known"
            ),
        ),
    ]
