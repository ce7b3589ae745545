"""Gunicorn as this product runs it: requests arrive whole, odd ones are refused, and no line tells of a visitor."""
