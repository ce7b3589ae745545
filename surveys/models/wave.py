"""A survey recurs in waves; a wave's roster is frozen into reporting groups when it opens."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

from surveys.ballot import trustee
from surveys.ballot.authenticity import PROOF_BYTES
from surveys.choices import RUNNING, SEALED, Cadence, WaveState
from surveys.models.instrument import Instrument
from surveys.models.people import Department
from surveys.rules.limits import HIGHEST_TARGET, LOWEST_TARGET, MIN_GROUP_SIZE, MIN_TARGET_SIZE

models.BinaryField.register_lookup(Length)


class Survey(models.Model):
    """A questionnaire that part of the company, or all of it, is asked again and again."""

    # As HR, leaders and the mails read it.
    name = models.CharField(max_length=120, unique=True)
    # What the next waves ask.
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="surveys")
    # The departments that are asked, each with those below it; empty means all.
    audience = models.ManyToManyField(Department, blank=True, related_name="+")
    # How often a wave opens.
    cadence = models.CharField(max_length=12, choices=Cadence, default=Cadence.MONTHLY)
    # An iCalendar RRULE, for the cadence `own` only; else empty.
    rule = models.CharField(max_length=200, blank=True)
    # The day of the first opening, by the company's clock.
    first_opens_on = models.DateField()
    # The hour of every opening and closing, 0 to 23, by the company's clock.
    opening_hour = models.PositiveSmallIntegerField(default=9, validators=[MaxValueValidator(23)])
    # How long each wave is open, 1 to 60 days.
    days_open = models.PositiveSmallIntegerField(default=7, validators=[MinValueValidator(1), MaxValueValidator(60)])
    # How many reminders a wave sends: 1 is on its last working day, 2 is half-way as well.
    reminders = models.PositiveSmallIntegerField(default=2, validators=[MaxValueValidator(2)])
    # The fewest people that a published figure of its waves rests on, 5 to 100.
    min_group_size = models.PositiveSmallIntegerField(
        default=MIN_GROUP_SIZE,
        validators=[MinValueValidator(MIN_GROUP_SIZE), MaxValueValidator(100)],
    )
    # The response that HR wants of each department, 30 to 90 percent.
    target_percent = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(LOWEST_TARGET), MaxValueValidator(HIGHEST_TARGET)]
    )
    # Whether no wave is planned or opened for now.
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
    """One run of a survey, from its planning to its end."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="waves")
    # Counted from 1 within the survey.
    number = models.PositiveIntegerField()
    # Who moves it: docs/architecture.md, "How time passes".
    state = models.CharField(max_length=9, choices=WaveState, default=WaveState.PLANNED)
    # Planned; after down time, when it really opened.
    opens_at = models.DateTimeField()
    # The day that it was planned for, by the company's clock, where it opened later after down time; else None.
    planned_on = models.DateField(null=True)
    # When no answer is taken any more.
    closes_at = models.DateTimeField()
    # The version that was asked; None before the opening.
    instrument = models.ForeignKey(Instrument, models.PROTECT, null=True, related_name="waves")
    # What was asked, frozen at opening (surveys.questions.questionnaire). Answers follow the order of its items.
    questionnaire = models.JSONField(default=dict)
    # The survey's at opening.
    min_group_size = models.PositiveSmallIntegerField(default=MIN_GROUP_SIZE)
    # The X25519 key, 32 bytes, that ballots are sealed for; None before the opening and after all was destroyed.
    public_key = models.BinaryField(null=True)
    # Proof that its public keys are the product's own (surveys.ballot.authenticity); without it nothing is sealed.
    key_proof = models.BinaryField(null=True)
    # How many reminders went out, in the time zone that is furthest.
    reminded = models.PositiveSmallIntegerField(default=0)
    # The number of the last reminder by the time zone of its readers, as the roster names it; "*" is all others.
    reminded_zones = models.JSONField(default=dict)
    # The day of the last nightly shuffle, which also refreshes `response_percent`.
    shuffled_on = models.DateField(null=True)
    # The share of the company that has answered as it may be published, 0 to 90 percent; None where it may not.
    response_percent = models.PositiveSmallIntegerField(null=True)
    # The survey's at opening: a target that moved while answers come in would say how many have.
    target_percent = models.PositiveSmallIntegerField(default=60)
    # How many ballots closing could not open, or hold what nobody can have answered: kept sealed, not counted.
    unreadable = models.PositiveIntegerField(default=0)
    # Whether the counting worker, which alone can look, found no whole copy of the key.
    key_lost = models.BooleanField(default=False)
    # How many sealed ballots were deleted unread because the wave was abandoned.
    ballots_lost = models.PositiveIntegerField(default=0)
    # The day on which a wave that was run elsewhere ended; None for the product's own.
    imported_for = models.DateField(null=True)
    # Whether its answers were deleted when their time was over; its published figures stay.
    answers_purged = models.BooleanField(default=False)
    # The trustee's key that the wave's key was sealed to at opening; None without a trustee.
    trustee_key = models.ForeignKey("TrusteeKey", models.PROTECT, null=True, related_name="waves")
    # The X25519 key, 32 bytes, that the trustee's passphrase is sealed for; None without a trustee.
    release_key = models.BinaryField(null=True)
    # The trustee's passphrase, sealed for `release_key`, from its entering until counting.
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
                condition=Q(state__in=RUNNING),
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
                condition=Q(ballots_lost=0) | Q(state=WaveState.ABANDONED), name="wave_ballots_lost_if_abandoned"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey} {self.number}"


class ReportingGroup(models.Model):
    """People who are reported together in one wave."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="groups")
    # The same for the same set of departments in every wave.
    key = models.CharField(max_length=64)
    # As shown: that of the department, or of several.
    name = models.CharField(max_length=500)
    # Ids of the departments whose people it has, sorted.
    departments = models.JSONField()
    # The department below which the group hangs; None is the company.
    parent = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    # The top department above it; None is the company.
    division = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    # How many were invited; None where it is not known, which happens in imported waves only.
    people = models.PositiveIntegerField(null=True)
    # Where its people were asked last: a list of {"group": id of a group of an earlier wave, "people": how many}.
    came_from = models.JSONField(default=list)
    # Why these departments report together, as HR saw it before the opening: surveys.grouping.reasons.GroupReason.
    reasons = models.JSONField(default=list)
    # Whether a large group has reached the target, refreshed each night while the wave is open; None is not published.
    at_target = models.BooleanField(null=True)
    # The larger group that a group with too few ballots was merged into at closing; None where it was not.
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
