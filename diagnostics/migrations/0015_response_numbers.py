"""Numbers of what was stored as text: "10-14", "under 5", "about 60 %", "≥ 90 %", or nothing.

Migration stops at any other text and names the row: no version before this one has written it.
"""

import re

from django.db import migrations

_BAND = re.compile(r'([0-9]+)-([0-9]+)')
_TOO_FEW = re.compile(r'under [0-9]+')
_ABOUT = re.compile(r'about ([0-9]+) %')
_AT_LEAST = re.compile(r'≥ ([0-9]+) %')


def _read_band(text):
    if band := _BAND.fullmatch(text):
        return {'response_low': int(band[1]), 'response_high': int(band[2])}
    return {} if _TOO_FEW.fullmatch(text) else None


def _read_rate(text):
    if rate := _ABOUT.fullmatch(text):
        return {'response_percent': int(rate[1])}
    if rate := _AT_LEAST.fullmatch(text):
        return {'response_percent': int(rate[1]), 'response_percent_at_least': True}
    return None


def _read(model, field, read):
    """Each text once: there are few."""
    for text in list(model.objects.exclude(**{field: ''}).order_by().values_list(field, flat=True).distinct()):
        rows = model.objects.filter(**{field: text})
        numbers = read(text)
        if numbers is None:
            row = rows.order_by('pk').first()
            raise ValueError(f'{row._meta.label} {row.pk}: {field} cannot be read: {text!r}')
        if numbers:
            rows.update(**numbers)


def texts_to_numbers(apps, schema_editor):
    group, direction = (apps.get_model('diagnostics', name) for name in ('GroupScore', 'PairScore'))
    _read(group, 'response_band', _read_band)
    _read(group, 'rate_text', _read_rate)
    _read(direction, 'response_band', _read_band)


class Migration(migrations.Migration):

    dependencies = [
        ('diagnostics', '0014_response_columns'),
    ]

    operations = [
        migrations.RunPython(texts_to_numbers, migrations.RunPython.noop),
    ]
