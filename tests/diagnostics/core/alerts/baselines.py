"""What tests look at in a baseline."""


def waves_of(baseline):
    return baseline.first, baseline.last
