"""Codes as words in templates: config.settings makes these filters known to all of them."""

from django import template

from diagnostics.wording.dates import wave_days
from diagnostics.wording.stages import no_stage_words, stage_label, stage_words
from diagnostics.wording.stagnation import stagnation_sentence
from diagnostics.wording.suppression import reason_words, why_suppressed
from surveys.rules.rounding import band_text, rate_text, response_text

register = template.Library()

register.filter("reason_words", reason_words)
register.filter("why_suppressed", why_suppressed)
register.filter("stagnation_sentence", stagnation_sentence)
register.filter("wave_days", wave_days)
register.filter("band_text", band_text)
register.filter("rate_text", rate_text)
register.filter("response_text", response_text)
register.filter("stage_label", stage_label)
register.filter("stage_words", stage_words)
register.filter("no_stage_words", no_stage_words)
