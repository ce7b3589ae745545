"""The sizes of windows that pages are looked at in, in CSS pixels."""

PHONE = {"width": 360, "height": 740}
SMALL_PHONE = {"width": 320, "height": 568}
DESKTOP = {"width": 1280, "height": 900}
