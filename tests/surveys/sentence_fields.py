"""What the sentence of a code has to be given."""

from string import Formatter


def fields_of(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}
