"""The answer page of a wave that was made without the steps of its opening."""

from surveys.choices import WaveState
from surveys.forms.answer_page import make_pages
from surveys.models import AnswerPage
from surveys.services.answer_pages import freeze_counterparts
from tests.factories import token_of


def store_page(wave):
    """As the opening does, once the wave has all its groups."""
    if wave.state == WaveState.OPEN and not AnswerPage.objects.filter(wave=wave).exists():
        freeze_counterparts(wave)
        make_pages(wave)


def address_of(invitation):
    """The path of its link, whose page is stored."""
    store_page(invitation.wave)
    return f"/a/{token_of(invitation)}"
