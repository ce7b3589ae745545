"""Takes names and contacts out of the comments of earlier waves, and deletes those that would tell who wrote them.

It uses the product's own redaction, whatever that will be: a copy of it would grow old here, and what an old copy
leaves in is what the promise is about. The comments as they were are in the table's file until the next migration.
"""

import uuid
from collections import Counter, defaultdict

from django.db import migrations

from surveys.redaction.language import is_in_another_language
from surveys.redaction.recognisable import is_recognisable
from surveys.redaction.redactor import NamedPerson, Redactor

_BATCH = 500


def redact(apps, schema_editor):
    """New rows in the order of new random ids, so that neither place nor number tells which one was which."""
    comments = apps.get_model("surveys", "Comment").objects
    if not comments.exists():
        return
    redactor = Redactor(_people(apps), apps.get_model("surveys", "Department").objects.values_list("name", flat=True))
    for wave in apps.get_model("surveys", "Wave").objects.filter(comments__isnull=False).distinct():
        _redact_wave(apps, wave, redactor)


def _redact_wave(apps, wave, redactor):
    comments = apps.get_model("surveys", "Comment")
    languages, withheld, new = _languages(apps, wave), Counter(), []
    for division, written in comments.objects.filter(wave=wave).values_list("division_id", "text"):
        text = redactor.redact(written)
        if is_recognisable(written) or is_in_another_language(text, languages[division]):
            withheld[division] += 1
        elif text:
            new.append(comments(id=uuid.uuid4(), wave=wave, division_id=division, text=text))
    comments.objects.filter(wave=wave).delete()
    comments.objects.bulk_create(sorted(new, key=lambda comment: comment.id), batch_size=_BATCH)
    counts = apps.get_model("surveys", "WithheldComments").objects
    for division, count in withheld.items():
        counts.create(wave=wave, division_id=division, count=count)


def _people(apps):
    for model in ("Employee", "StaffUser"):
        for name, address in apps.get_model("surveys", model).objects.values_list("name", "email"):
            yield NamedPerson(name, address)


def _languages(apps, wave):
    """What the minimum group of a scope has registered: of the invited, or of the staff of today where those are gone."""
    invited = apps.get_model("surveys", "Invitation").objects.filter(wave=wave, employee__isnull=False)
    rows = list(invited.values_list("group__division_id", "employee__language"))
    if not rows:
        divisions = _divisions(apps)
        active = apps.get_model("surveys", "Employee").objects.filter(active=True)
        rows = [(divisions[home], language) for home, language in active.values_list("department_id", "language")]
    tally = defaultdict(Counter)
    for division, language in rows:
        tally[None][language] += 1
        if division is not None:
            tally[division][language] += 1
    common = {
        scope: {language for language, people in counted.items() if people >= wave.min_group_size}
        for scope, counted in tally.items()
    }
    return defaultdict(set, common)


def _divisions(apps):
    """The top department above each department."""
    parents = dict(apps.get_model("surveys", "Department").objects.values_list("id", "parent_id"))
    tops = {}
    for department in parents:
        top = department
        for _ in parents:
            if parents.get(top) is None:
                break
            top = parents[top]
        tops[department] = top
    return tops


class Migration(migrations.Migration):
    dependencies = [("surveys", "0020_comments")]
    operations = [migrations.RunPython(redact, migrations.RunPython.noop)]
