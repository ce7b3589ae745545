"""Shares, careless answers, power and certainties that versions before stored exactly become as coarse as they are published now.

With its interval a share in whole percents tells how many answered. Intervals of coefficients in old notes stay: what
they were computed of is not stored. Digests stay as they were sent.
"""

import math

from django.db import migrations

_Z2 = 2.705543454095404  # the square of the 95 % quantile of the normal distribution
_CERTAINTIES = (99, 95, 80, 50)


def _whole(percent):
    return min(max(math.floor(percent + 0.5), 5), 95)


def _coarse(percent, low, high):
    """The step with the ends of its interval; else the reason that suppresses it."""
    if low is None or low < 10:
        return 'too_few'
    step = 5 if low >= 20 else 10
    value = min(max(math.floor(percent / step + 0.5) * step, 10), 90)
    # Where all but one agree nothing is published: each count of the band must have fewer who still reach the step.
    everybody_alike = value == 90 and any(count - 2 < (90 - step / 2) / 100 * count for count in range(low, high + 1))
    if high - low < 2 or everybody_alike:
        return 'protected'
    share = value / 100
    centre = (share * low + _Z2 / 2) / (low + _Z2)
    half = math.sqrt(_Z2 * (share * (1 - share) * low + _Z2 / 4)) / (low + _Z2)
    return value, _whole(100 * (centre - half)), _whole(100 * (centre + half))


def _scores(apps):
    scores = apps.get_model('diagnostics', 'Score').objects.filter(
        measure__in=('critical_mass', 'pick_communication'), status='published'
    )
    for row in list(scores.select_related('group')):
        found = _coarse(row.value, row.group.response_low, row.group.response_high)
        if isinstance(found, str):
            row.status, row.reason, row.value, row.low, row.high = 'suppressed', found, None, None, None
        else:
            row.value, row.low, row.high = found
        row.change = None
        row.save(update_fields=('status', 'reason', 'value', 'low', 'high', 'change'))


def _directions(apps):
    for row in list(apps.get_model('diagnostics', 'PairScore').objects.filter(no_contact__isnull=False)):
        found = _coarse(row.no_contact, row.response_low, row.response_high)
        if isinstance(found, str):
            row.no_contact_reason, row.no_contact, row.no_contact_low, row.no_contact_high = found, None, None, None
        else:
            row.no_contact, row.no_contact_low, row.no_contact_high = found
        row.save(update_fields=('no_contact_reason', 'no_contact', 'no_contact_low', 'no_contact_high'))


def _notes(apps):
    groups = apps.get_model('surveys', 'ReportingGroup').objects
    nodes = apps.get_model('diagnostics', 'GroupScore').objects.filter(kind='company')
    for note in list(apps.get_model('diagnostics', 'MethodNote').objects.select_related('snapshot')):
        company = nodes.filter(snapshot=note.snapshot_id).first()
        low, high = (company.response_low, company.response_high) if company else (None, None)
        if careless := note.document.get('careless'):
            found = _coarse(careless['percent'], low, high)
            exact = dict(zip(('percent', 'low', 'high'), found, strict=True)) if isinstance(found, tuple) else None
            note.document['careless'] = careless | exact if exact else None
        asked = groups.filter(wave=note.snapshot.wave_id, merged_into=None).values_list('people', flat=True)
        people = None if None in asked else sum(asked)
        for row in note.document.get('power', ()):
            if row['people'] is None:
                row['answering'] = row['answering'] // 5 * 5 + 2
            elif low is not None and people:
                row['answering'] = round((low + high) / 2 / people * row['people'])
        note.save(update_fields=('document',))


def _certainties(apps):
    codes = ('above_level', 'above_level_again', 'nearly_raised', 'nearly_cleared', 'below_level')
    for row in list(apps.get_model('diagnostics', 'AlertState').objects.filter(reason_code__in=codes)):
        for name in {'certainty', 'clear_certainty'} & row.reason_arguments.keys():
            percent = row.reason_arguments[name]
            row.reason_arguments[name] = next((step for step in _CERTAINTIES if percent >= step), 0)
        row.save(update_fields=('reason_arguments',))


def coarsen(apps, schema_editor):
    _scores(apps)
    _directions(apps)
    _notes(apps)
    _certainties(apps)


class Migration(migrations.Migration):

    dependencies = [
        ('diagnostics', '0018_remedy_sides_once'),
        ('surveys', '0015_audit_places'),
    ]

    operations = [
        migrations.RunPython(coarsen, migrations.RunPython.noop),
    ]
