"""Rows from before there were these codes, on both databases."""

import datetime as dt



OPENS = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def wave(apps, **fields):
    instruments = apps.get_model("surveys.Instrument").objects
    instrument, _ = instruments.get_or_create(code="pulse", version=1, document={})
    surveys = apps.get_model("surveys.Survey").objects
    survey, _ = surveys.get_or_create(name="Pulse", instrument=instrument, first_opens_on=OPENS.date())
    moments = {"opens_at": OPENS, "closes_at": OPENS + dt.timedelta(days=7)}
    return apps.get_model("surveys.Wave").objects.create(survey=survey, **moments, **fields)


def test_a_wave_that_was_given_up_is_an_abandoned_one_and_back(migrate):
    old = migrate("surveys", "0010_min_group_size")
    wave(old, number=1, state="given_up", ballots_lost=7)
    wave(old, number=2, state="closed")
    for name, states in [
        ("0011_abandoned_waves", {("abandoned", 7), ("closed", 0)}),
        ("0010_min_group_size", {("given_up", 7), ("closed", 0)}),
    ]:
        apps = migrate("surveys", name)
        assert set(apps.get_model("surveys.Wave").objects.values_list("state", "ballots_lost")) == states


def test_what_became_of_a_mail_is_a_code_with_the_servers_reply_and_back(migrate):
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
    old = migrate("surveys", "0011_abandoned_waves")
    running = wave(old, number=1)
    department = old.get_model("surveys.Department").objects.create(name="Sales")
    employee = old.get_model("surveys.Employee").objects.create(email="a@example.com", department=department)
    mails = old.get_model("surveys.Mail").objects
    for text in texts:
        mails.create(kind="invitation", key=text, wave=running, employee=employee, problem=text)
    new = migrate("surveys", "0012_mail_problems")
    rows = new.get_model("surveys.Mail").objects.values_list("key", "problem", "reply")
    assert {text: (code, reply) for text, code, reply in rows} == texts
    back = migrate("surveys", "0011_abandoned_waves")
    assert all(text == problem for text, problem in back.get_model("surveys.Mail").objects.values_list("key", "problem"))


def test_an_old_verdict_becomes_passed_in_its_whole_document_and_back(migrate):
    document = {
        "format": "faultline-audit/1",
        "verdict": "held",
        "attacks": [{"what": "held", "verdict": "held"}, {"what": "rows", "verdict": "failed"}],
    }
    old = migrate("surveys", "0012_mail_problems")
    old.get_model("surveys.AuditRun").objects.create(ended_at=OPENS, version="1", verdict="held", report=document)
    new = migrate("surveys", "0013_audit_verdicts")
    run = new.get_model("surveys.AuditRun").objects.get()
    assert (run.verdict, run.report) == (
        "passed",
        {
            "format": "faultline-audit/2",
            "verdict": "passed",
            "attacks": [{"what": "held", "verdict": "passed"}, {"what": "rows", "verdict": "failed"}],
        },
    )
    back = migrate("surveys", "0012_mail_problems")
    run = back.get_model("surveys.AuditRun").objects.get()
    assert (run.verdict, run.report) == ("held", document)


def test_a_search_of_an_old_audit_gets_its_kind(migrate):
    sources = {"table surveys_mail": "table", "pages of surveys_mail": "pages", "mailbox": "other"}
    document = {"searches": [{"source": source} for source in sources]}
    old = migrate("surveys", "0014_group_reason_codes")
    for report in (document, {}):
        old.get_model("surveys.AuditRun").objects.create(ended_at=OPENS, version="1", verdict="passed", report=report)
    new = migrate("surveys", "0015_audit_places")
    found = [run.report for run in new.get_model("surveys.AuditRun").objects.order_by("id")]
    assert found == [{"searches": [{"source": source, "kind": kind} for source, kind in sources.items()]}, {}]


def attack_of(what, source, **codes):
    return {"what": what, "source": source} | codes


def test_an_old_audit_gets_codes_beside_its_sentences_and_back(migrate):
    document = {
        "format": "faultline-audit/2",
        "attacks": [
            attack_of("who answered at all", "invitations, bytes of pages"),
            attack_of("who reads the tea leaves", "cups"),
        ],
        "searches": [
            {"source": "pages of surveys_mail", "kind": "pages"},
            {"source": "mailbox", "kind": "other"},
            {"source": "dump", "kind": "other"},
        ],
        "checks": [{"name": "columns of the tables"}],
        "not_examined": [
            {"source": "PostgreSQL's pages", "reason": "denied"},
            {"source": "/var/log/x", "reason": "gone"},
        ],
    }
    coded = {
        "format": "faultline-audit/3",
        "attacks": [
            document["attacks"][0] | {"goal": "presence", "rows": "invitations", "place": "page_bytes"},
            document["attacks"][1] | {"goal": "legacy", "rows": "legacy", "place": "legacy"},
        ],
        "searches": [
            {"source": "pages of surveys_mail", "code": "pages", "name": "surveys_mail"},
            {"source": "mailbox", "code": "folder", "name": "mailbox"},
            {"source": "dump", "code": "dump", "name": ""},
        ],
        "checks": [{"name": "columns of the tables", "code": "columns"}],
        "not_examined": [
            document["not_examined"][0] | {"code": "postgresql_pages", "name": "", "reason_code": "legacy"},
            document["not_examined"][1] | {"code": "legacy", "name": "/var/log/x", "reason_code": "legacy"},
        ],
    }
    old = migrate("surveys", "0027_delivered_addresses")
    old.get_model("surveys.AuditRun").objects.create(ended_at=OPENS, version="1", verdict="passed", report=document)
    for name, report in [("0028_audit_codes", coded), ("0027_delivered_addresses", document)]:
        assert migrate("surveys", name).get_model("surveys.AuditRun").objects.get().report == report
