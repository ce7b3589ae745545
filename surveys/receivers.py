"""What is made when a wave opens, by modules above the services."""

from typing import Any

from django.dispatch import receiver

from surveys.forms.answer_page import make_pages
from surveys.models import Wave
from surveys.signals import wave_opening


@receiver(wave_opening, dispatch_uid="make_answer_pages")
def make_answer_pages(wave: Wave, **_kwargs: Any) -> None:
    make_pages(wave)
