"""Made-up companies, answered item by item, on which the product's own estimator and alerts are tried.

Truth is known there: how often intervals hold it, how often alerts are right. `manage.py simulate_method` prints it,
docs/method.md shows it. Everything is drawn from a seed that is an argument.
"""
