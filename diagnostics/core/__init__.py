"""The arithmetic of the diagnosis: numpy and scipy.special in, frozen dataclasses out, no Django.

Scores run from 0 to 100, where 100 is risk, and a missing answer is NaN. Formulas are in docs/method.md.
"""
