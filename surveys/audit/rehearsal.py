"""Waves of a made-up company from opening to closing, attacked at every step by somebody who holds everything."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from surveys.audit import following, joins, judging, presence
from surveys.audit.canaries import Canary
from surveys.audit.codes import AttackGoal, RowKind
from surveys.audit.company import RehearsalCompany, Vote
from surveys.audit.gathering import Gatherer
from surveys.audit.notebook import Notebook
from surveys.audit.searching import CLOSED, OPEN, canaries, search_all
from surveys.audit.site import cast_all
from surveys.ballot import keys
from surveys.mails.invitation import answer_url
from surveys.models import Invitation, Survey, Wave

# The rows in which an attacker who has invitations looks for each of these.
_GOALS = {
    AttackGoal.ANSWERS: RowKind.ANSWERS,
    AttackGoal.RATINGS: RowKind.RATINGS,
    AttackGoal.COMMENTS: RowKind.COMMENTS,
}


class Steps(Protocol):
    """How a wave moves: by the services here, or by beat and workers elsewhere. Each returns when it is done."""

    def open(self, survey: Survey) -> Wave: ...
    def remind(self, wave: Wave) -> None: ...
    def shuffle(self, wave: Wave) -> None: ...
    def close(self, wave: Wave) -> None: ...


@dataclass
class Rehearsal:
    """A made-up company that answers some waves while everything it leaves behind is attacked."""

    # Who answers, and what.
    company: RehearsalCompany
    # How its waves move.
    steps: Steps
    # What the processes leave behind, by name; "mailbox" and "keys" are among them.
    folders: Mapping[str, Path]
    # Takes down what was tried.
    notebook: Notebook = field(default_factory=Notebook)
    # The closed waves, the first one first.
    past: list[following.PastWave] = field(default_factory=list)
    # Called before a search; may add to the folders what only a program can ask for.
    before_search: Callable[[], None] = lambda: None

    def run(self, survey: Survey) -> Notebook:
        for _ in range(self.company.plan.waves):
            self._wave(self.steps.open(survey))
        return self.notebook

    def _wave(self, wave: Wave) -> None:
        gatherer = Gatherer(self.notebook, wave, self.folders["mailbox"])
        links = _links(wave)
        votes = self.company.votes(wave.questionnaire, links)
        self.notebook.votes += len(votes)
        self.notebook.attacks.append(self._attack_wave(wave, gatherer, votes, links))

    def _attack_wave(
        self, wave: Wave, gatherer: Gatherer, votes: Sequence[Vote], links: Mapping[str, str]
    ) -> list[joins.Attack]:
        gatherer.remember()
        known = canaries(self.company, votes, links, wave.questionnaire)
        late = round(len(votes) * self.company.plan.late)
        self._cast(wave, votes[late:], links)
        self._search(OPEN, gatherer, known)
        self.steps.remind(wave)
        self.steps.shuffle(wave)
        found = self._with_the_key(wave, gatherer, votes)
        self._cast(wave, votes[:late], links)
        self.steps.close(wave)
        found += self._everything(wave, gatherer, votes)
        self._search(CLOSED, gatherer, known)
        return found

    def _search(self, moment: str, gatherer: Gatherer, known: Sequence[Canary]) -> None:
        self.before_search()
        search_all(self.notebook, moment, gatherer, self.folders, known)

    def _cast(self, wave: Wave, votes: Sequence[Vote], links: Mapping[str, str]) -> None:
        cast_all(votes, links, wave.questionnaire, at_once=self.company.plan.at_once)

    def _with_the_key(self, wave: Wave, gatherer: Gatherer, votes: Sequence[Vote]) -> list[joins.Attack]:
        """After the shuffle, by the live tables: somebody who opens the boxes still does not know whose they are."""
        key = keys.load(self.folders["keys"], wave.id, bytes(wave.public_key or b""))
        electorate = judging.sealed(wave, votes, key)
        boxes = gatherer.live(RowKind.SEALED_BALLOTS) + gatherer.chunks()
        return joins.attack(electorate, gatherer.live(RowKind.INVITATIONS) + gatherer.mails(), boxes)

    def _everything(self, wave: Wave, gatherer: Gatherer, votes: Sequence[Vote]) -> list[joins.Attack]:
        """After closing, with every source there is. The attacker knows who answered."""
        marks, electorates = gatherer.everything(), judging.counted(wave, votes)
        found = [
            attack
            for goal, kind in _GOALS.items()
            for attack in joins.attack(electorates[goal], marks[RowKind.INVITATIONS], marks[kind])
        ]
        found += joins.attack(
            electorates[AttackGoal.COMMENTS_BY_ANSWERS], marks[RowKind.ANSWERS], marks[RowKind.COMMENTS]
        )
        return found + self._who(wave, gatherer, electorates[AttackGoal.ANSWERS].row_of)

    def _who(self, wave: Wave, gatherer: Gatherer, row_of: Mapping[str, str]) -> list[joins.Attack]:
        """By the live tables: whether they still say who answered, in this wave and, by profile, in all so far."""
        invited = [pk.hex for pk in Invitation.objects.filter(wave=wave).values_list("id", flat=True)]
        marks = gatherer.live(RowKind.INVITATIONS)
        self.past.append(following.remember(wave, row_of, marks))
        return presence.attack(invited, set(row_of), marks) + following.attack(self.past)


def _links(wave: Wave) -> dict[str, str]:
    invitations = Invitation.objects.filter(wave=wave).values_list("id", "employee__email")
    return {email: answer_url(pk) for pk, email in invitations}
