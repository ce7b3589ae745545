"""What can be wrong with an instrument file, one code a kind of problem."""

from enum import StrEnum


class InstrumentProblemCode(StrEnum):
    """Its sentence, with the arguments that it takes, is in the module `wording` beside this one."""

    # The file.
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_UTF_8 = "not_utf_8"
    NO_YAML = "no_yaml"
    ALIAS = "alias"
    TAG = "tag"
    TOO_DEEP = "too_deep"
    NO_NUMBER = "no_number"
    FIELD_NAME_NO_TEXT = "field_name_no_text"
    FIELD_TWICE = "field_twice"
    # One field.
    FIELD_MISSING = "field_missing"
    FIELD_UNKNOWN = "field_unknown"
    # A rule of the schema, which explains itself.
    RULE = "rule"
    # Texts.
    TRANSLATION_MISSING = "translation_missing"
    LANGUAGE_NOT_LISTED = "language_not_listed"
    PERIOD_MISSING = "period_missing"
    BRACES_BESIDE_PERIOD = "braces_beside_period"
    BRACES = "braces"
    LABEL_TWICE = "label_twice"
    # Fields that do not fit together.
    CODE_RESERVED = "code_reserved"
    CODE_TWICE = "code_twice"
    VALUES_ALIKE = "values_alike"
    OPTION_SET_UNKNOWN = "option_set_unknown"
    SCALE_UNKNOWN = "scale_unknown"
    FLAG_TWICE = "flag_twice"
    NO_CONTACT_TWICE = "no_contact_twice"
    TOO_MANY_ITEMS = "too_many_items"
    # The instrument that is stored already.
    FROZEN = "frozen"
