"""Run with the peer's Python: makes its tables and one survey of the questions in a file; prints its fields as JSON."""

import json
import sys
from pathlib import Path

import django
from django.core.management import call_command


def main():
    django.setup()
    from survey.models import Question, Survey  # noqa: PLC0415 -- models need Django to be set up

    call_command("migrate", verbosity=0)
    survey = Survey.objects.create(name="Pulse", description="", need_logged_user=False)
    given = {}
    for number, (text, options) in enumerate(json.loads(Path(sys.argv[1]).read_text())):
        kind = Question.RADIO if options else Question.TEXT
        question = Question.objects.create(
            survey=survey, text=text, order=number, required=False, type=kind, choices=",".join(options)
        )
        choices = question.get_choices()
        given[f"question_{question.id}"] = choices[0][0] if options else ""
    print(json.dumps({"path": f"/survey/{survey.id}/", "answers": given}))


if __name__ == "__main__":
    main()
