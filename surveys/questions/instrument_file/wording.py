"""What is wrong with an instrument file and what to do about it, as sentences."""

from collections.abc import Mapping

from surveys.questions.instrument_file.codes import InstrumentProblemCode as Code
from surveys.questions.instrument_file.schema import describe_rule

Argument = int | str

SENTENCES: Mapping[Code, str] = {
    Code.EMPTY: "The file is empty: write an instrument into it.",
    Code.TOO_LARGE: "The file is larger than {kilobytes} kB: an instrument is much smaller.",
    Code.NOT_UTF_8: "The file is not text in UTF-8: save it as UTF-8.",
    Code.NO_YAML: "This is not valid YAML: {reason}.",
    Code.ALIAS: "Anchors (&) and aliases (*) are not supported: write the text out.",
    Code.TAG: "The tag {tag} is not supported: remove it.",
    Code.TOO_DEEP: "The nesting is too deep to be an instrument.",
    Code.NO_NUMBER: "`{number}` is no number that can be read.",
    Code.FIELD_NAME_NO_TEXT: "The name of a field must be text: put it in quotes.",
    Code.FIELD_TWICE: "`{field}` is here a second time: keep one of them.",
    Code.FIELD_MISSING: "This field is missing: add it.",
    Code.FIELD_UNKNOWN: "No such field: use one of {fields}, or remove it.",
    Code.TRANSLATION_MISSING: "This translation is missing: add it.",
    Code.LANGUAGE_NOT_LISTED: "This language is not in `languages`: add it there, or remove the text here.",
    Code.PERIOD_MISSING: ("{{period}} is missing here, but {language} has it: use it in all languages or in none."),
    Code.BRACES_BESIDE_PERIOD: "Remove the braces: only {{period}} is filled in.",
    Code.BRACES: "Remove the braces: only questions have something filled in.",
    Code.LABEL_TWICE: "Another choice of the same question has this label: change one of them.",
    Code.CODE_RESERVED: "The report has a figure of this name: choose another code.",
    Code.CODE_TWICE: "{first} has the same code: choose another one.",
    Code.VALUES_ALIKE: "All options have the same value: give them at least two different ones.",
    Code.OPTION_SET_UNKNOWN: "There is no such option set: use one of {option_sets}, or add it to `option_sets`.",
    Code.SCALE_UNKNOWN: "There is no such scale: use the code of one in `scales`, or remove the field.",
    Code.FLAG_TWICE: "{first} flags an option already: remove the field here.",
    Code.NO_CONTACT_TWICE: "{first} counts missing contact already: remove the field here.",
    Code.TOO_MANY_ITEMS: "At most {most} items of core and extra scales fit a wave: remove some.",
    Code.FROZEN: (
        "Version {version} of {instrument} is frozen, because a wave has used it: raise the version to import the "
        "change."
    ),
}


def explain_instrument_problem(code: Code, arguments: Mapping[str, Argument]) -> str:
    """The sentence; KeyError where an argument is missing."""
    if code == Code.RULE:
        return describe_rule(str(arguments["rule"]))
    return SENTENCES[code].format(**arguments)
