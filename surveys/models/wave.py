"""A survey recurs in waves; a wave's roster is frozen into reporting groups when it opens."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

from surveys.ballot import trustee
from surveys.ballot.authenticity import PROOF_BYTES
from surveys.choices import SEALED, Cadence, WaveState
from surveys.models.instrument import Instrument
from surveys.models.people import Department
from surveys.rules.limits import HIGHEST_TARGET, LOWEST_TARGET, MIN_GROUP_SIZE, MIN_TARGET_SIZE

models.BinaryField.register_lookup(Length)


class Survey(models.Model):
    """`audience` empty means every department. `rule` is an iCalendar RRULE, for the cadence `own` only.

    `reminders` counts: 1 is a day before the end, 2 is half-way as well. `target_percent` is the response that HR
    wants of each department.
    """

    name = models.CharField(max_length=120, unique=True)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="surveys")
    audience = models.ManyToManyField(Department, blank=True, related_name="+")
    cadence = models.CharField(max_length=12, choices=Cadence, default=Cadence.MONTHLY)
    rule = models.CharField(max_length=200, blank=True)
    first_opens_on = models.DateField()
    opening_hour = models.PositiveSmallIntegerField(default=9, validators=[MaxValueValidator(23)])
    days_open = models.PositiveSmallIntegerField(default=7, validators=[MinValueValidator(1), MaxValueValidator(60)])
    reminders = models.PositiveSmallIntegerField(default=2, validators=[MaxValueValidator(2)])
    min_group_size = models.PositiveSmallIntegerField(
        default=MIN_GROUP_SIZE,
        validators=[MinValueValidator(MIN_GROUP_SIZE), MaxValueValidator(100)],
    )
    target_percent = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(LOWEST_TARGET), MaxValueValidator(HIGHEST_TARGET)]
    )
    paused = models.BooleanField(default=False)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(condition=Q(cadence__in=Cadence.values), name="survey_cadence_known"),
            models.CheckConstraint(
                condition=Q(cadence=Cadence.OWN) & ~Q(rule="") | ~Q(cadence=Cadence.OWN) & Q(rule=""),
                name="survey_rule_if_own",
            ),
            models.CheckConstraint(condition=Q(opening_hour__lte=23), name="survey_opening_hour"),
            models.CheckConstraint(condition=Q(days_open__range=(1, 60)), name="survey_days_open"),
            models.CheckConstraint(condition=Q(reminders__lte=2), name="survey_reminders"),
            models.CheckConstraint(condition=Q(min_group_size__gte=MIN_GROUP_SIZE), name="survey_min_group_size"),
            models.CheckConstraint(
                condition=Q(target_percent__range=(LOWEST_TARGET, HIGHEST_TARGET)), name="survey_target_percent"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Wave(models.Model):
    """One round of a survey.

    `questionnaire` is what was asked, frozen at opening (surveys.questions.questionnaire); `answers` bytes of ballots
    follow the order of its items. `reminded` counts the reminders that went out, `unreadable` the ballots that closing
    could not open. `shuffled_on` is the day of the last nightly shuffle, which also refreshes `response_percent`, the
    share of the company that has answered as it may be told (surveys.rules.participation). `key_lost` is what the
    counting worker, which alone can look, found of the wave's key; `ballots_lost` counts those that were given up with
    it. `min_group_size` and `target_percent` are the survey's at opening: a target that moved while answers come in
    would tell how many have. `imported_for` is the day on which a wave that was held elsewhere ended; None for the
    product's own. `answers_purged`: its answers were deleted when their time was over; its published figures stay.
    `key_proof` is that of its public keys (surveys.ballot.authenticity), without which nothing is sealed for them.
    Where a trustee was set at opening, `passphrase_box` holds the passphrase, sealed for `release_key`, until counting.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="waves")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=WaveState, default=WaveState.PLANNED)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    instrument = models.ForeignKey(Instrument, models.PROTECT, null=True, related_name="waves")
    questionnaire = models.JSONField(default=dict)
    min_group_size = models.PositiveSmallIntegerField(default=MIN_GROUP_SIZE)
    public_key = models.BinaryField(null=True)
    key_proof = models.BinaryField(null=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    shuffled_on = models.DateField(null=True)
    response_percent = models.PositiveSmallIntegerField(null=True)
    target_percent = models.PositiveSmallIntegerField(default=60)
    unreadable = models.PositiveIntegerField(default=0)
    key_lost = models.BooleanField(default=False)
    ballots_lost = models.PositiveIntegerField(default=0)
    imported_for = models.DateField(null=True)
    answers_purged = models.BooleanField(default=False)
    trustee_key = models.ForeignKey("TrusteeKey", models.PROTECT, null=True, related_name="waves")
    release_key = models.BinaryField(null=True)
    passphrase_box = models.BinaryField(null=True)

    class Meta:
        ordering = ("-opens_at", "-number")
        constraints = [
            models.UniqueConstraint(fields=("survey", "number"), name="wave_number_once"),
            models.UniqueConstraint(fields=("survey", "imported_for"), name="wave_imported_once"),
            models.CheckConstraint(
                condition=Q(answers_purged=False) | Q(state=WaveState.CLOSED), name="wave_purged_is_closed"
            ),
            models.CheckConstraint(
                condition=Q(imported_for__isnull=True) | Q(state=WaveState.CLOSED), name="wave_imported_is_closed"
            ),
            models.UniqueConstraint(
                fields=("survey",),
                condition=Q(state__in=(WaveState.OPENING, WaveState.OPEN, WaveState.CLOSING)),
                name="wave_one_running",
            ),
            models.UniqueConstraint(fields=("survey",), condition=Q(state=WaveState.PLANNED), name="wave_one_planned"),
            models.CheckConstraint(condition=Q(state__in=WaveState.values), name="wave_state_known"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="wave_closes_after_opening"),
            models.CheckConstraint(condition=Q(min_group_size__gte=MIN_GROUP_SIZE), name="wave_min_group_size"),
            models.CheckConstraint(
                condition=Q(response_percent__isnull=True) | Q(response_percent__lte=100), name="wave_response_percent"
            ),
            models.CheckConstraint(
                condition=Q(target_percent__range=(LOWEST_TARGET, HIGHEST_TARGET)), name="wave_target_percent"
            ),
            models.CheckConstraint(
                condition=Q(public_key__isnull=True) | Q(public_key__length=32), name="wave_public_key_length"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SEALED) | Q(public_key__isnull=False, instrument__isnull=False),
                name="wave_open_has_key_and_instrument",
            ),
            models.CheckConstraint(
                condition=Q(public_key__isnull=True, key_proof__isnull=True)
                | Q(public_key__isnull=False, key_proof__isnull=False, key_proof__length=PROOF_BYTES),
                name="wave_key_has_proof",
            ),
            models.CheckConstraint(
                condition=Q(key_lost=False) | Q(state__in=SEALED), name="wave_key_lost_while_sealed"
            ),
            models.CheckConstraint(
                condition=Q(trustee_key__isnull=True, release_key__isnull=True)
                | Q(trustee_key__isnull=False, release_key__isnull=False, release_key__length=32),
                name="wave_release_key_with_trustee",
            ),
            models.CheckConstraint(
                condition=Q(passphrase_box__isnull=True)
                | Q(
                    passphrase_box__length=trustee.PASSPHRASE_BOX_BYTES,
                    trustee_key__isnull=False,
                    state=WaveState.CLOSING,
                ),
                name="wave_passphrase_box_while_closing",
            ),
            models.CheckConstraint(
                condition=Q(ballots_lost=0) | Q(state=WaveState.GIVEN_UP), name="wave_ballots_lost_if_given_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey} {self.number}"


class ReportingGroup(models.Model):
    """People counted together: those attached to `departments` (ids, sorted); `key` is that set over waves.

    `parent` is the department below which the group hangs, `division` the top one (both None: the company).
    `reasons` say in sentences why the departments are together, as HR saw it before the opening.
    `at_target` is told of large groups while the wave is open, refreshed each night; None is not told.
    `people` is None where nobody knows how many were asked, which happens in imported waves only.
    At closing, groups with too few ballots are merged: they point to the new, larger group by `merged_into`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="groups")
    key = models.CharField(max_length=64)
    name = models.CharField(max_length=500)
    departments = models.JSONField()
    parent = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    division = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    people = models.PositiveIntegerField(null=True)
    reasons = models.JSONField(default=list)
    at_target = models.BooleanField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=("wave", "key"), name="group_key_once"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="group_not_merged_into_itself"),
            models.CheckConstraint(
                condition=Q(at_target__isnull=True) | Q(people__gte=MIN_TARGET_SIZE), name="group_target_of_large_ones"
            ),
        ]

    def __str__(self) -> str:
        return self.name
