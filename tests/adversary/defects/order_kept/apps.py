from django.apps import AppConfig


class OrderKept(AppConfig):
    name = "tests.adversary.defects.order_kept"

    def ready(self):
        from surveys.services import counting, shuffling  # noqa: PLC0415 -- models are ready only now

        shuffling.in_new_order = counting.in_new_order = lambda rows: None
        shuffling.rewrite_ballots = lambda wave_id: 0
