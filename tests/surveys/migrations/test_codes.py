"""Rows from before there were these codes, on both databases."""

import datetime as dt



OPENS = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def wave(scratch, apps, **fields):
    instruments = scratch.rows(apps, "surveys.Instrument")
    instrument, _ = instruments.get_or_create(code="pulse", version=1, document={})
    surveys = scratch.rows(apps, "surveys.Survey")
    survey, _ = surveys.get_or_create(name="Pulse", instrument=instrument, first_opens_on=OPENS.date())
    moments = {"opens_at": OPENS, "closes_at": OPENS + dt.timedelta(days=7)}
    return scratch.rows(apps, "surveys.Wave").create(survey=survey, **moments, **fields)


def test_a_wave_that_was_given_up_is_an_abandoned_one_and_back(scratch):
    old = scratch.migrate("surveys", "0010_min_group_size")
    wave(scratch, old, number=1, state="given_up", ballots_lost=7)
    wave(scratch, old, number=2, state="closed")
    for name, states in [
        ("0011_abandoned_waves", {("abandoned", 7), ("closed", 0)}),
        ("0010_min_group_size", {("given_up", 7), ("closed", 0)}),
    ]:
        apps = scratch.migrate("surveys", name)
        assert set(scratch.rows(apps, "surveys.Wave").values_list("state", "ballots_lost")) == states


def test_what_became_of_a_mail_is_a_code_with_the_servers_reply_and_back(scratch):
    texts = {
        "no longer due": ("not_due", ""),
        "its sending was broken off": ("unfinished", ""),
        "cannot be written as a mail": ("unwritable", ""),
        "no recipient": ("no_recipient", ""),
        "recipient refused: 550 5.1.1": ("recipient_refused", "550 5.1.1"),
        "mail server refused: 554": ("server_refused", "554"),
        "mail server broke off (TimeoutError)": ("connection_lost", "TimeoutError"),
        "something else": ("legacy", "something else"),
        "": ("", ""),
    }
    old = scratch.migrate("surveys", "0011_abandoned_waves")
    running = wave(scratch, old, number=1)
    department = scratch.rows(old, "surveys.Department").create(name="Sales")
    employee = scratch.rows(old, "surveys.Employee").create(email="a@example.com", department=department)
    mails = scratch.rows(old, "surveys.Mail")
    for text in texts:
        mails.create(kind="invitation", key=text, wave=running, employee=employee, problem=text)
    new = scratch.migrate("surveys", "0012_mail_problems")
    rows = scratch.rows(new, "surveys.Mail").values_list("key", "problem", "reply")
    assert {text: (code, reply) for text, code, reply in rows} == texts
    back = scratch.migrate("surveys", "0011_abandoned_waves")
    assert all(text == problem for text, problem in scratch.rows(back, "surveys.Mail").values_list("key", "problem"))


def test_an_old_verdict_becomes_passed_in_its_whole_document_and_back(scratch):
    document = {
        "format": "faultline-audit/1",
        "verdict": "held",
        "attacks": [{"what": "held", "verdict": "held"}, {"what": "rows", "verdict": "failed"}],
    }
    old = scratch.migrate("surveys", "0012_mail_problems")
    scratch.rows(old, "surveys.AuditRun").create(ended_at=OPENS, version="1", verdict="held", report=document)
    new = scratch.migrate("surveys", "0013_audit_verdicts")
    run = scratch.rows(new, "surveys.AuditRun").get()
    assert (run.verdict, run.report) == (
        "passed",
        {
            "format": "faultline-audit/2",
            "verdict": "passed",
            "attacks": [{"what": "held", "verdict": "passed"}, {"what": "rows", "verdict": "failed"}],
        },
    )
    back = scratch.migrate("surveys", "0012_mail_problems")
    run = scratch.rows(back, "surveys.AuditRun").get()
    assert (run.verdict, run.report) == ("held", document)


def test_a_search_of_an_old_audit_gets_its_kind(scratch):
    sources = {"table surveys_mail": "table", "pages of surveys_mail": "pages", "mailbox": "other"}
    document = {"searches": [{"source": source} for source in sources]}
    old = scratch.migrate("surveys", "0014_group_reason_codes")
    for report in (document, {}):
        scratch.rows(old, "surveys.AuditRun").create(ended_at=OPENS, version="1", verdict="passed", report=report)
    new = scratch.migrate("surveys", "0015_audit_places")
    found = [run.report for run in scratch.rows(new, "surveys.AuditRun").order_by("id")]
    assert found == [{"searches": [{"source": source, "kind": kind} for source, kind in sources.items()]}, {}]
