"""Whether a comment says of its author what others can tell the person by: "as the only engineer here"."""

import re

from surveys.redaction.folding import plain, readable

_ME = r"(?:as|being|since i am|because i am|i am|i'm|im|i was|i have been|me,?)"
_SOLE = r"(?:only|sole|lone|single|one and only|oldest|youngest|newest|longest[- ]serving|last remaining|most senior)"
# After "the only" or «единственный», what is no person.
_THINGS = (
    r"(?:thing|things|way|ways|option|reason|reasons|solution|problem|issue|choice|exception|criterion|measure|chance|"
    r"hope|place|time|answer|source|question|goal|team|department|group|company|step|part|point|day|week|month|year)s?"
)
_THINGS_RUSSIAN = (
    r"(?:выход|способ|вариант|причин\w*|решени\w*|проблем\w*|вопрос\w*|исключени\w*|шанс\w*|надежд\w*|мест\w*|раз\w*|"
    r"источник\w*|цел\w*|отдел\w*|групп\w*|компани\w*|команд\w*|критери\w*|плюс\w*|минус\w*|отличи\w*|средств\w*)"
)
_ONLY_RUSSIAN = r"единственн(?:ый|ая|ого|ой|ому|ым|ую|ое)"
_PEOPLE = r"(?:woman|man|female|male|girl|guy|person|people|one|ones|employee|colleague|foreigner|parent|mother|father)"
_LIFE = (
    r"(?:pregnant|disabled|deaf|blind|gay|lesbian|trans|muslim|jewish|christian|hindu|black|immigrant|single mother|"
    r"single father|wheelchair|part-timer|trainee|apprentice|intern|new hire|newcomer|works council)"
)
_OFFICE = r"(?:head|manager|director|chief|lead|leader|boss|secretary)"
_OFFICE_RUSSIAN = r"(?:начальник|начальниц|руководител|глав|директор|заведующ)\w*"
_WILL_KNOW_RUSSIAN = r"(?:поймете|узнаете|догадаетесь|знаете|поймут|догадаются)"
_STATEMENTS = (
    rf"\b{_ME} (?:\w+ )?(?:the|your|our|this \w+'s) {_SOLE}\b(?! {_THINGS}\b)",
    rf"\bthe {_SOLE} {_PEOPLE} (?:in|on|of|from|here|at|with|who|left)\b",
    rf"\b(?:as|being|i am|i'm|im) (?:a|an|the) (?:\w+ )?{_LIFE}\b",
    rf"\b(?:as|being|i am|i'm|im) (?:the |your |our )?{_OFFICE} (?:of|in|for)\b",
    r"\byou (?:all )?(?:will |may |can )?(?:know|guess|recogni[sz]e|tell) who (?:i am|wrote|is writing|writes)\b",
    r"\b(?:my name is|this is me|signed[,:]|yours sincerely)\b",
    r"\bi (?:am|was) the (?:one|person|man|woman) (?:who|that)\b",
    rf"\b(?:как|я|будучи|являюсь|являясь|меня|мне)(?:,)? (?:\w+ )?{_ONLY_RUSSIAN}\b(?! {_THINGS_RUSSIAN}\b)",
    rf"\b{_ONLY_RUSSIAN} (?:женщин|мужчин|человек|сотрудни|девушк|парен|инженер|программист|иностран)\w*",
    r"\bя (?:тут |здесь |у нас )?(?:единственн\w+|один|одна) (?:в|на|из|во|с)\b",
    r"\b(?:как|я|будучи)(?:,)? (?:сам\w+ )(?:молод|стар|нов|опытн|младш|старш)\w+\b",
    r"\b(?:как|будучи|я) (?:беременн|инвалид|матер[ьи]-одиночк|мать-одиночка|стажер|новеньк|новичок)\w*",
    rf"\b(?:как|будучи|я) {_OFFICE_RUSSIAN}\b(?! (?:говорит|сказал|слушает|решил))",
    rf"\b(?:вы|все) (?:\w+ )?{_WILL_KNOW_RUSSIAN},? (?:кто (?:это |я|пишет|написал)|меня)",
    r"\b(?:меня зовут|это пишу я|с уважением,)",
)
_RECOGNISABLE = re.compile("|".join(_STATEMENTS))


def is_recognisable(comment: str) -> bool:
    """Whether the comment makes such a statement, in English or Russian. Others cannot be told by words alone."""
    text = re.sub(r"(?:\s|[‐-―])+", " ", plain(readable(comment).text).replace("’", "'"))
    return bool(_RECOGNISABLE.search(text))
