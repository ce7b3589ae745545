"""Why a figure is suppressed, as readers see it. Apart from the rules, so that comparing reasons loads no numpy."""

TOO_FEW = "too few answers"
WOULD_REVEAL = "would reveal a smaller group"
ALIKE = "answers too alike"
TOO_FEW_FOR_SHARE = "too few to show a share"
# Of the index where a wave asked no core sign: nothing is kept back then, for there is nothing.
NOT_ASKED = "no core sign was asked"
