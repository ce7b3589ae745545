"""The playbook: eight remedies, what each asks for, and which signs and causes it answers (docs/method.md)."""

from dataclasses import dataclass

from diagnostics.choices import RemedyCode

# What two departments say of each other: meetings that fail, managers that are needed, joint work that misses its aim.
JOINT_WORK = "joint_work"


@dataclass(frozen=True)
class PlaybookRemedy:
    """A remedy as the playbook describes it."""

    # Which one it is.
    code: RemedyCode
    # How to begin, in a sentence or two.
    how: str
    # What it does, as the second half of a sentence.
    helps: str
    # What to do, in order.
    steps: tuple[str, ...]
    # Codes of the signs and causes that it addresses, and JOINT_WORK.
    answers: frozenset[str]
    # What must be met before the start.
    conditions: tuple[str, ...] = ()
    # What is known of its effect, where that is not clear; else empty.
    evidence: str = ""

    @property
    def title(self) -> str:
        return str(self.code.label)


TALK_FIRST = PlaybookRemedy(
    RemedyCode.TALK_FIRST,
    how="HR talks with staff and with the heads of both departments, and compares what the heads believed with what "
    "staff said, before anything is changed.",
    helps="talking shows what lies behind the figure before anything is changed",
    steps=(
        "Write a short guide: the same questions for everybody.",
        "Ask both heads first what they believe staff will say.",
        "Talk with staff of both departments, from junior to senior.",
        "Compare what the heads believed with what staff said, and tell both.",
        "Choose the next remedy together.",
    ),
    answers=frozenset({"hostile_leaders"}),
)
# From what is begun most easily to what asks most of a company: of two that answer the same, the easier is named first.
PLAYBOOK = (
    TALK_FIRST,
    PlaybookRemedy(
        RemedyCode.JOINT_MEETING,
        how="Both heads meet in a fixed slot with one shared agenda. Attendance is visible.",
        helps="a fixed slot that both heads keep puts one shared picture in place of two",
        steps=(
            "Fix a slot that both heads keep themselves.",
            "Keep one agenda that both sides write into.",
            "Make attendance visible.",
            "Keep one shared picture of the client, of capacity and of the market, and correct it there.",
        ),
        answers=frozenset({"avoided_meetings", "formal_communication", "different_pictures", JOINT_WORK}),
    ),
    PlaybookRemedy(
        RemedyCode.SHOW_YOUR_WORK,
        how="Each department shows the others in a short session what it does, what it earns or saves, and what it "
        "needs from them.",
        helps="people who are shown what the other department does learn why it is needed",
        steps=(
            "List the audiences inside the company, and what the department is worth to each.",
            "Show what the department does, and how it earns or saves: sales are not all that brings money.",
            "Say which resources of other departments it needs, and what for.",
            "Repeat it in sessions, meetings or mailings, and note what was asked.",
        ),
        answers=frozenset({"information_gap", "communication_failures", "top_takes_sides"}),
    ),
    PlaybookRemedy(
        RemedyCode.GEMBA_EXCHANGE,
        how="Let people of each department work half a day in the other, from junior to head; then they say together "
        "what they saw and what they would improve.",
        helps="half a day of work in the other department replaces hearsay by what people have seen",
        steps=(
            "Choose people of different roles, from junior to head; it is strongest when top managers swap too.",
            "Let them work in the other department for half a day.",
            "Let them reflect, and give a short presentation of what they saw.",
            "Let them propose improvements to that work, and write the proposals down here.",
            "Follow the proposals up, and say what came of each.",
        ),
        answers=frozenset({"information_gap", "blame", "hostile_camps", "hostile_leaders", "stagnation"}),
    ),
    PlaybookRemedy(
        RemedyCode.HANDOVER_AGREEMENT,
        how="Both heads write down what is handed over, when it counts as done, and what goes back and when.",
        helps="an agreed handover settles whose turn it is, and when work counts as done",
        steps=(
            "Say what is handed over: a lead, a brief, a specification.",
            "Say when it counts as done.",
            "Say what goes back, and within what time.",
            "Say what is kept for later: not every lead must become a sale now.",
            "Look at the first twenty handovers together, and correct the agreement.",
        ),
        answers=frozenset({"blame", "failed_projects", "different_pictures", JOINT_WORK}),
    ),
    PlaybookRemedy(
        RemedyCode.ROLE_CHARTER,
        how="The top says which department owns what and which approvals fall away, in one page that both heads agree "
        "to.",
        helps="a page on who owns what ends double work and double messages",
        steps=(
            "The top states which department is strategy and which is tactics.",
            "Write down what each owns, on one page.",
            "Strike the approvals that fall away.",
            "Stop the double message: a service unit today is not asked for strategy tomorrow.",
            "Both heads sign it, and staff are informed.",
        ),
        answers=frozenset({"overlapping_functions", "mixed_messages", "chaos", "busywork"}),
    ),
    PlaybookRemedy(
        RemedyCode.SHARED_KPIS,
        how="Each side answers for a part of the other's figure, once the top has decided it.",
        helps="where each side answers for a part of the other's figure, one side's gain is no longer the other's loss",
        steps=(
            "Make a worksheet of goals and departments, with the share of each.",
            "Let each side answer for a part of the other's figure: marketing for profit, sales for revenue by client.",
            "Break the goals down to people, and rank them.",
            "Look at the figures together every month.",
        ),
        answers=frozenset({"competition", "failed_projects", "top_takes_sides"}),
        conditions=(
            "The top has decided it.",
            "It has one firm owner.",
            "Everyone is clear on what they get from it.",
            "HR can break down, rank, control and evaluate the goals.",
        ),
    ),
    PlaybookRemedy(
        RemedyCode.SHARED_SPACE,
        how="One open space in place of separate floors or sites.",
        helps="people who sit together meet without an appointment",
        steps=(
            "Choose the people whose work meets most often.",
            "Move both sides at once, into one open space.",
            "Expect camps by interest at first; they merge within months.",
            "Keep the joint meetings that there are: sitting together does not replace them.",
        ),
        answers=frozenset({"hostile_camps", "formal_communication"}),
        evidence="The evidence is mixed: a study of sales and marketing (Le Meunier-FitzHugh & Massey, 2019) "
        "found no effect of sitting together, while a single unit, joint teams, rotation and meetings across "
        "departments helped.",
    ),
)
BY_CODE = {remedy.code.value: remedy for remedy in PLAYBOOK}
