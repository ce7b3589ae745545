import re

import pytest
from django.conf import settings

from diagnostics.models import Digest, Snapshot
from diagnostics.report import selectors
from diagnostics.services.scoring import score
from diagnostics.wording.alerts import describe_alert
from surveys import mails
from surveys.models import Mail, StaffUser, Wave
from tests.diagnostics.digests import digest, message, staff
from tests.diagnostics.scored_waves import scored
from tests.diagnostics.waves import close_wave, company, department, make_survey, spread

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n"


def test_each_leader_who_wants_it_gets_one_digest_and_one_mail():
    staff("all")
    staff("part", "Commercial")
    staff("hr", role="hr")
    staff("auditor", role="auditor")
    staff("quiet", receives_digest=False)
    staff("gone", is_active=False)
    staff("elsewhere", "Moon")
    wave = scored(make_survey())
    assert sorted(Digest.objects.values_list("recipient__name", flat=True)) == ["all", "part"]
    rows = Mail.objects.values_list("kind", "staff__name", "state", "wave_id", "key")
    assert sorted(rows) == sorted(
        ("digest", found.recipient.name, "queued", wave.id, str(found.id)) for found in Digest.objects.all()
    )


def test_scoring_again_sends_no_second_mail():
    staff("all")
    wave = scored(make_survey())
    before = (list(Digest.objects.values_list()), list(Mail.objects.values_list()))
    score(wave_id=wave.id)
    assert (list(Digest.objects.values_list()), list(Mail.objects.values_list())) == before
    assert len(before[1]) == 1


def test_the_subject_is_the_verdict():
    user = staff("all")
    wave = scored(make_survey())
    row = Snapshot.objects.get(wave=wave).groups.get(name="Marketing").scores.get(measure="index")
    figures = f"index {row.value:.0f}, likely {row.low:.0f} to {row.high:.0f}"
    assert digest(user).subject == f"Marketing is at risk ({figures}); one department with a single sign at risk"


def test_a_calm_company_reads_all_calm_and_a_silent_one_does_not():
    user, survey = staff("all"), make_survey()
    calm = {department(name): (20, spread(15, 1, seed=place)) for place, name in enumerate(("Finance", "Production"))}
    wave = close_wave(survey, calm)
    score(wave_id=wave.id)
    assert digest(user, wave).subject.startswith("All calm (index ")
    silent = close_wave(survey, {department("Finance"): (20, []), department("Production"): (20, [])}, number=2)
    score(wave_id=silent.id)
    assert digest(user, silent).subject.startswith("Too few answers ")
    assert "\nNo alert is ongoing.\n" in digest(user, silent).text


def test_what_calmed_down_is_in_the_subject_of_the_wave_that_cleared_it():
    user, survey = staff("all"), make_survey()
    for number, option in enumerate((3, 1, 1), start=1):
        wave = close_wave(
            survey,
            {
                department("Sales"): (20, spread(15, option, seed=number)),
                department("Finance"): (20, spread(15, 1, seed=number + 9)),
            },
            number=number,
        )
    score(wave_id=wave.id)
    assert digest(user, wave).subject.endswith("; one department calmed down")
    assert "* Sales (conflict-risk index, avoided meetings, " in digest(user, wave).text


def test_text_and_html_are_each_complete():
    user = staff("all")
    wave = scored(make_survey())
    found = digest(user)
    for part in (found.text, found.html):
        for words in (
            found.subject,
            settings.ORGANISATION,
            "Marketing",
            describe_alert(selectors.report(wave.id, within=None).alerts[0]),
            "First: ",
            "Legal",
            "Too few answers",
            "90 % interval",
            f"{settings.SITE_URL}/report/{wave.id}/",
            f"{settings.SITE_URL}/anonymity/",
            "are anonymous. Once they are counted",
        ):
            assert words in part.replace("&#x27;", "'"), words
    assert "<style" not in found.html.partition("<body")[2]


def test_promise_minimum_and_link_are_one_line():
    user = staff("all")
    survey = make_survey()
    wave = company(survey)
    Wave.objects.filter(id=wave.id).update(min_group_size=6)
    score(wave_id=wave.id)
    found = digest(user)
    promise = (
        "The answers behind this are anonymous. Once they are counted, nobody can tell from what is stored who gave "
        "which answer, better than by guessing among at least 6 people. Neither HR nor an administrator can."
    )
    url = f"{settings.SITE_URL}/anonymity/"
    assert f"\n{promise} What exactly is promised: {url}\n" in found.text
    (paragraph,) = re.findall(r'<p class="promise"[^>]*>(.*?)</p>', found.html)
    assert re.sub(r' style="[^"]*"', "", paragraph) == f'{promise} <a href="{url}">What exactly is promised</a>'


def test_the_picture_is_in_the_mail_beside_both_parts():
    user = staff("all")
    scored(make_survey())
    mail = message(user)
    assert mail["To"] == "all@example.com"
    assert mail["Subject"].strip() == digest(user).subject
    assert mail.get_content_type() == "multipart/related"
    alternative, picture = mail.iter_parts()
    assert [part.get_content_type() for part in alternative.iter_parts()] == ["text/plain", "text/html"]
    assert (picture["Content-ID"], picture.get_content_disposition()) == ("<trend>", "inline")
    assert picture.get_content().startswith(PNG)
    html = alternative.get_body(("html",)).get_content()
    assert 'src="cid:trend"' in html
    assert f'alt="Index of {settings.ORGANISATION}, wave 1: ' in html
    assert html.count("<img") == 1


def test_a_leader_reads_nothing_about_other_departments():
    part, everything = staff("part", "Commercial"), staff("all")
    survey = make_survey()
    for number in (1, 2):
        scored(survey, number=number)
    of_others = ["Production", "Finance", "Legal", settings.ORGANISATION + ":"]
    for column in ("subject", "text", "html"):
        assert not [name for name in of_others if name in getattr(digest(part), column)]
    assert [name for name in of_others if name not in digest(everything).text] == []
    assert "Commercial" in digest(part).text
    assert digest(part).picture != digest(everything).picture


def test_a_suppressed_department_has_no_figure_in_any_part():
    """The wave before, with two answers more, tells the figure that would leak."""
    user, survey = staff("all"), make_survey()
    shown = scored(survey, legal=6)
    line = next(line for line in digest(user, shown).text.splitlines() if line.startswith("* Legal: Index"))
    assert line.split()[3].rstrip(",").isdigit()
    wave = scored(survey, number=2, legal=4)
    found = digest(user, wave)
    about = [line for line in found.text.splitlines() if "Legal" in line]
    assert about
    row = found.html.partition(">Legal</td>")[2].partition("</tr>")[0]
    assert "Too few answers" in row
    with_alert = [line for line in about if line == "* Legal"]
    ranked = [line for line in about if line.startswith("* Legal:")]
    assert ranked == ["* Legal: Too few answers."]
    assert len(with_alert) + len(ranked) == len(about) or "Legal" in found.subject


def test_a_recipient_who_left_before_it_was_sent_gets_nothing():
    user = staff("all")
    scored(make_survey())
    StaffUser.objects.filter(id=user.id).update(is_active=False)
    with pytest.raises(mails.NotDueError):
        mails.compose(Mail.objects.get(staff=user))


def test_a_name_with_markup_or_line_breaks_stays_a_name():
    user = staff("all")
    wave = close_wave(
        make_survey(),
        {department("<b>R&D\nnorth"): (20, spread(15, 3)), department("Finance"): (20, spread(15, 1))},
    )
    score(wave_id=wave.id)
    assert digest(user).subject.startswith("<b>R&D north is at risk")
    assert "<b>" not in digest(user).html
    assert "\n" not in message(user)["Subject"]
