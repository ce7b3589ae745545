import pytest

from surveys.files.html_codes import decode_html_codes


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Ann &amp; Bob", "Ann & Bob"),
        ("M&uuml;ller", "Müller"),
        ("M&#252;ller, M&#xFC;ller", "Müller, Müller"),
        ("O&#39;Neil, O&apos;Neil", "O'Neil, O'Neil"),
        ("&Scaron;i&#353;", "Šiš"),
        ("&#1040;&#1085;&#1085;&#1072;", "Анна"),
        ("M&amp;uuml;ller", "Müller"),
        ("Nord &#150; S&uuml;d", "Nord – Süd"),
    ],
)
def test_a_code_of_a_letter_or_a_sign_of_names_is_read_as_that(text, meant):
    assert decode_html_codes(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "R&D",
        "R&D; QA",
        "Q&A;",
        "AT&T;",
        "&copy;",
        "&sum;",
        "&Product;",
        "&uuml",
        "&copyright;",
        "&#0;",
        "&#10;",
        "&#9999999;",
        "&;",
    ],
)
def test_what_is_no_such_code_stays(text):
    assert decode_html_codes(text) == text
