from django.conf import settings
from django.db import migrations, models

from surveys.ballot import authenticity


def prove(apps, schema_editor):
    """Of the keys that waves and trustees have now: whoever migrates vouches for them."""
    database = schema_editor.connection.alias
    waves, trustees = (apps.get_model("surveys", name).objects.using(database) for name in ("Wave", "TrusteeKey"))
    for wave in waves.filter(public_key__isnull=False).select_related("trustee_key").defer("questionnaire"):
        trustee_key = wave.trustee_key.public_key if wave.trustee_key else b""
        keys = map(bytes, (wave.public_key, wave.release_key or b"", trustee_key))
        waves.filter(pk=wave.pk).update(key_proof=authenticity.of_wave(settings.LINK_KEY, wave.pk, *keys))
    for one in trustees.all():
        # One without a survey was replaced: no wave is opened with it any more.
        proof = authenticity.of_trustee(settings.LINK_KEY, one.survey_id or 0, bytes(one.public_key))
        trustees.filter(pk=one.pk).update(key_proof=proof)


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0008_purged_answers'),
    ]

    operations = [
        migrations.AddField(
            model_name='wave',
            name='key_proof',
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name='trusteekey',
            name='key_proof',
            field=models.BinaryField(null=True),
        ),
        migrations.RunPython(prove, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='trusteekey',
            name='key_proof',
            field=models.BinaryField(),
        ),
        migrations.AddConstraint(
            model_name='wave',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('key_proof__isnull', True), ('public_key__isnull', True)), models.Q(('key_proof__isnull', False), ('key_proof__length', 32), ('public_key__isnull', False)), _connector='OR'), name='wave_key_has_proof'),
        ),
        migrations.AddConstraint(
            model_name='trusteekey',
            constraint=models.CheckConstraint(condition=models.Q(('key_proof__length', 32)), name='trustee_key_proof_length'),
        ),
    ]
