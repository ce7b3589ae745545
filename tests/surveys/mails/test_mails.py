"""What the two mails say, read as they arrive: headers, both parts, link, language and clock."""

import re
from html.parser import HTMLParser

import pytest

from surveys import mails
from surveys.ballot import tokens
from surveys.choices import MailKind
from surveys.mails import sending
from surveys.mails.invitation import answer_url
from surveys.models import Employee, Invitation, Mail, Wave
from surveys.services.inviting import remind

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "sales.0@example.com"


class Page(HTMLParser):
    """Collects what a mail program would follow or load."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.links, self.loaded, self.styled = [], [], [], 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        self.links += [given["href"]] if tag == "a" else []
        self.loaded += [value for name, value in attrs if name in ("src", "srcset", "background") or tag == "link"]
        self.styled += "style" in given


def person(wave, **fields):
    Employee.objects.filter(email=ADDRESS).update(**fields)
    return Invitation.objects.get(wave=wave, employee__email=ADDRESS)


def arrive(postbox):
    """Sends all that is queued; returns the last mail to the person."""
    while sending.send_pending():
        pass
    return postbox.to(ADDRESS)[-1]


def parts(message):
    bodies = [message.get_body((kind,)).get_content() for kind in ("plain", "html")]
    return [body.replace("\r\n", "\n") for body in bodies]


def test_the_link_in_both_parts_is_the_persons_own(wave, postbox):
    invitation = person(wave)
    text, html = parts(arrive(postbox))
    (token,) = re.findall(r"^http://faultline\.localhost/a/([a-z2-7]{26})$", text, re.MULTILINE)
    assert tokens.fingerprint(token) == bytes(invitation.token_hash)
    assert Page(html).links == [f"http://faultline.localhost/a/{token}", "http://faultline.localhost/anonymity/"]


def test_headers_show_machines_what_the_mail_is(wave, postbox, settings):
    settings.DEFAULT_FROM_EMAIL = "Northwind Pulse <pulse@mail.northwind.example>"
    message = arrive(postbox)
    row = Mail.objects.get(employee__email=ADDRESS)
    assert message["Message-ID"] == f"<{row.id}@mail.northwind.example>"
    assert message["From"] == "Northwind Pulse <pulse@mail.northwind.example>"
    assert (message["To"], message["Content-Language"]) == (ADDRESS, "en")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Subject"] == "Northwind Instruments: how do we work together? Two minutes"
    assert message.get_content_type() == "multipart/alternative"


def test_the_token_is_in_the_bodies_and_nowhere_else(wave, postbox):
    message = arrive(postbox)
    token = answer_url(person(wave).id).rpartition("/")[2]
    assert token not in " ".join(f"{name}: {value}" for name, value in message.items())
    assert [body.count(token) for body in parts(message)] == [1, 1]


def test_the_html_loads_nothing_and_carries_its_own_styles(wave, postbox):
    _, html = parts(arrive(postbox))
    page = Page(html)
    assert page.loaded == []
    assert not {"img", "script", "link", "form", "iframe"} & set(page.tags)
    assert "url(" not in html
    assert page.styled > 10
    (sheet,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    assert (
        re.findall(r"^\s*([^@\s].*)\{", re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}", "", sheet), re.MULTILINE)
        == []
    )
    assert "prefers-color-scheme: dark" in sheet


def test_a_company_with_odd_letters_in_its_name_is_written_as_it_is(wave, postbox, settings):
    settings.ORGANISATION = "Bolt & <Nut>"
    message = arrive(postbox)
    text, html = parts(message)
    assert message["Subject"].startswith("Bolt & <Nut>: ")
    assert "Bolt & <Nut> asks" in text
    assert "Bolt &amp; &lt;Nut&gt; asks" in html
    assert "<Nut>" not in html


@pytest.mark.parametrize(
    ("language", "time_zone", "closing"),
    [
        ("en", "", "Monday, 9 March 2026, 09:00 (UTC)"),
        ("en", "America/New_York", "Monday, 9 March 2026, 05:00 (EDT)"),
        ("ru", "Asia/Vladivostok", "Понедельник, 9 марта 2026 г. 19:00 (+10)"),
    ],
)
def test_the_closing_time_is_by_the_persons_clock_and_language(wave, postbox, language, time_zone, closing):
    person(wave, language=language, time_zone=time_zone)
    text, html = parts(arrive(postbox))
    assert closing in text
    assert closing in html


@pytest.mark.parametrize("kind", list(MailKind)[:2])
def test_a_russian_mail_holds_no_english_words(wave, postbox, kind):
    person(wave, language="ru", time_zone="Europe/Moscow")
    if kind == MailKind.REMINDER:
        remind(wave_id=wave.id, number=1)
    message = arrive(postbox)
    text, html = parts(message)
    visible = re.sub(r"<style>.*?</style>|<[^>]*>", " ", html, flags=re.DOTALL)
    words = re.sub(r"http\S+|Northwind Instruments|MSK|HR", "", f"{message['Subject']} {text} {visible}")
    assert re.findall(r"[A-Za-z]{2,}", words) == []
    assert message["Content-Language"] == "ru"
    assert '<html lang="ru" dir="ltr">' in html


PROMISED = {
    "en": (
        "Your answers are anonymous. Once they are counted, ",
        "7 people. Neither HR nor an administrator can. What exactly is promised",
    ),
    "ru": (
        "Ваши ответы анонимны. После подсчёта никто ",
        "7 человек. Не сможет ни отдел кадров, ни администратор. Что именно обещано",
    ),
}


@pytest.mark.parametrize("kind", list(MailKind)[:2])
@pytest.mark.parametrize("language", PROMISED)
def test_promise_minimum_and_link_are_one_line_of_each_mail(wave, postbox, kind, language):
    Wave.objects.update(min_group_size=7)
    person(wave, language=language)
    if kind == MailKind.REMINDER:
        remind(wave_id=wave.id, number=1)
    text, html = parts(arrive(postbox))
    (line,) = [found for found in text.splitlines() if "/anonymity/" in found]
    start, end = PROMISED[language]
    end = f" {end}: http://faultline.localhost/anonymity/"
    assert (line[: len(start)], line[-len(end) :]) == (start, end)
    (paragraph,) = re.findall(r'<p class="promise"[^>]*>(.*?)</p>', html)
    assert re.sub(r'<a href="([^"]*)"[^>]*>(.*?)</a>', r"\2: \1", paragraph) == line


def test_the_mail_asks_not_to_be_forwarded(wave, postbox):
    assert "Please do not forward this mail" in parts(arrive(postbox))[0]


def test_a_reminder_is_named_as_such_and_has_the_same_link(wave, postbox):
    first, _ = parts(arrive(postbox))
    remind(wave_id=wave.id, number=1)
    message = arrive(postbox)
    text, _ = parts(message)
    assert message["Subject"] == "Open until 9 March 2026: how do we work together?"
    assert "Only people who have not answered yet get this reminder." in text
    assert "reminder" not in first
    link = answer_url(person(wave).id)
    assert (first.count(link), text.count(link)) == (1, 1)


def test_a_reminder_is_not_composed_once_the_person_has_answered(wave):
    remind(wave_id=wave.id, number=1)
    reminder = Mail.objects.get(kind=MailKind.REMINDER, employee__email=ADDRESS)
    assert mails.compose(reminder).to == [ADDRESS]
    person(wave)
    Invitation.objects.filter(employee__email=ADDRESS).update(answered=True)
    with pytest.raises(mails.NotDueError):
        mails.compose(reminder)
