"""The stage and the causes on a department's page."""

import pytest

from diagnostics.report import selectors
from diagnostics.wording.stages import stage_words
from tests.diagnostics.report_pages import department_page, text
from tests.diagnostics.scored_waves import scored
from tests.diagnostics.waves import make_survey, questionnaire

pytestmark = pytest.mark.django_db


def test_the_department_page_tells_the_stage_with_what_it_rests_on(hr):
    wave = scored()
    row = selectors.report(wave.id, within=None).groups[0]
    reply = department_page(hr, wave, "Marketing")
    page = text(reply)
    assert (row.stage.whole, len(row.stage.basis)) == (False, 6)
    assert f'data-stage="{row.stage.code}"' in reply.content.decode()
    assert f"{stage_words(row.stage.code)} It rests on 6 of 11 signs." in page
    raised = [f"{sign.label} raised, wave 1" for sign in row.stage.basis if sign.raised]
    assert [words for words in raised if words in page] == raised != []
    assert "data-stage" not in department_page(hr, wave, "Legal").content.decode()


def test_the_department_page_ranks_the_causes_with_their_waves(hr):
    survey = make_survey()
    for number, cause in ((1, "chaos"), (2, "competition")):
        asked = questionnaire(rotating=(cause,))
        asked["scales"][-1]["kind"] = "cause"
        wave = scored(survey, number=number, questionnaire=asked)
    profile = selectors.report(wave.id, within=None).groups[0].profile
    page = text(department_page(hr, wave, "Marketing"))
    places = [page.index(f"{cause.cell.label} {cause.cell.value} ") for cause in profile]
    assert len(places) == 2
    assert places == sorted(places)
    assert "wave 1 (5 Jan 2026)" in page
