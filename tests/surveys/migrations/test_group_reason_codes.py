"""Sentences that an earlier version stored as a group's reasons become codes."""

import datetime as dt


from surveys.grouping.reasons import GroupReason

OPENS = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
BEFORE, AFTER = ("surveys", "0013_audit_verdicts"), ("surveys", "0014_group_reason_codes")
DEPARTMENTS = ("A", "B", "C", "Sales and Marketing", "Sales", "Marketing", "R&D, Berlin")
# The sentence, and what is stored from now on; names stand for ids.
READ = [
    ("Chosen by HR.", [{"code": "chosen"}]),
    ("A and B: chosen by HR.", [{"code": "chosen", "departments": ["A", "B"]}]),
    ("Counted by itself, as chosen by HR.", [{"code": "chosen_alone"}]),
    ("Kept from the last wave.", [{"code": "kept"}]),
    ("A, C and R&D, Berlin: kept from the last wave.", [{"code": "kept", "departments": ["A", "C", "R&D, Berlin"]}]),
    ("Counted by itself, as in the last wave.", [{"code": "kept_alone"}]),
    (
        "A has 1 person, fewer than 8: counted together with B, the smallest beside it.",
        [
            {
                "code": "joined",
                "departments": ["A"],
                "others": ["B"],
                "people": 1,
                "minimum": 8,
                "nearness": "beside",
            }
        ],
    ),
    (
        "A and B together have 7 people, fewer than 10: counted together with C, the smallest within R&D, Berlin.",
        [
            {
                "code": "joined",
                "departments": ["A", "B"],
                "others": ["C"],
                "people": 7,
                "minimum": 10,
                "nearness": "within",
                "level": "R&D, Berlin",
            }
        ],
    ),
    (
        "A has 4 people, fewer than 8: counted together with Sales, the smallest near it.",
        [{"code": "joined", "departments": ["A"], "others": ["Sales"], "people": 4, "minimum": 8, "nearness": "near"}],
    ),
    (
        "A has 4 people, fewer than 8: counted together with B, the smallest in the company.",
        [{"code": "joined", "departments": ["A"], "others": ["B"], "people": 4, "minimum": 8, "nearness": "company"}],
    ),
    (
        "A and B are kept apart from C, because one rates the other.",
        [{"code": "kept_apart", "departments": ["A", "B"], "others": ["C"]}],
    ),
    (
        "A and B; C and Sales are together although one rates the other: no other choice was left.",
        [{"code": "unavoidable", "departments": ["A", "B"]}, {"code": "unavoidable", "departments": ["C", "Sales"]}],
    ),
]
UNREAD = [
    "A, B, C and 3 more: chosen by HR.",
    "Gone has 3 people, fewer than 8: counted together with B, the smallest beside it.",
    "A has 3 people, fewer than 8: counted together with B, the smallest within Gone.",
    # One department of that name, or two.
    "Sales and Marketing: chosen by HR.",
    "Something that no version ever wrote",
]


def with_ids(reason, ids):
    named = {key: [ids[name] for name in reason[key]] for key in ("departments", "others") if key in reason}
    for key in named:
        named[key].sort()
    return reason | named | ({"level": ids[reason["level"]]} if "level" in reason else {})


def store(models, reasons):
    """A wave with a group for each list of reasons; returns the departments' ids by name."""
    ids = {name: models.get_model("surveys.Department").objects.create(name=name).pk for name in DEPARTMENTS}
    instrument = models.get_model("surveys.Instrument").objects.create(code="x", version=1, document={})
    surveys = models.get_model("surveys.Survey").objects
    survey = surveys.create(name="Pulse", instrument=instrument, first_opens_on=OPENS.date())
    moments = {"opens_at": OPENS, "closes_at": OPENS + dt.timedelta(days=7)}
    wave = models.get_model("surveys.Wave").objects.create(survey=survey, number=1, **moments)
    for number, given in enumerate(reasons):
        group = {"key": f"{number:03}", "name": "G", "departments": [1], "reasons": given}
        models.get_model("surveys.ReportingGroup").objects.create(wave=wave, **group)
    return ids


def stored(models):
    groups = models.get_model("surveys.ReportingGroup").objects.order_by("key")
    return list(groups.values_list("reasons", flat=True))


def test_sentences_become_codes_and_back_only_the_texts_are_left(migrate):
    both = [READ[0][0], UNREAD[0]]
    read, unread = ([sentence] for sentence, _ in READ), ([sentence] for sentence in UNREAD)
    ids = store(migrate(*BEFORE), [[], both, *read, *unread])
    found = stored(migrate(*AFTER))
    assert found[:2] == [[], [{"code": "chosen"}, {"code": "legacy", "text": UNREAD[0]}]]
    assert found[2 : 2 + len(READ)] == [[with_ids(reason, ids) for reason in reasons] for _, reasons in READ]
    assert found[2 + len(READ) :] == [[{"code": "legacy", "text": sentence}] for sentence in UNREAD]
    for reasons in found:
        assert [GroupReason.from_json(reason).to_json() for reason in reasons] == reasons
    back = stored(migrate(*BEFORE))
    assert back == [[], [UNREAD[0]], *([] for _ in READ), *([sentence] for sentence in UNREAD)]


def test_an_empty_database_migrates_there_and_back(migrate):
    migrate(*BEFORE)
    assert stored(migrate(*AFTER)) == []
    assert stored(migrate(*BEFORE)) == []
