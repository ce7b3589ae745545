import pytest
from django.core.management import CommandError, call_command

from surveys.models import Department, Response, Wave


@pytest.fixture
def import_wave(tmp_path, capsys):
    """Imports rows as a file, with headcounts if given; returns what was printed."""

    def run(rows, *options, survey="Pulse", closed_on="2025-11-30", people=None):
        (tmp_path / "answers.csv").write_text("\n".join(rows))
        if people:
            (tmp_path / "people.csv").write_text("\n".join(["group,people", *people]))
            options += ("--headcounts", str(tmp_path / "people.csv"))
        capsys.readouterr()
        call_command(
            "import_wave", str(tmp_path / "answers.csv"), "--survey", survey, "--closed-on", closed_on, *options
        )
        return capsys.readouterr().out

    return run


@pytest.fixture
def import_refused(import_wave):
    def refused(*arguments, **named):
        before = Wave.objects.count(), Department.objects.count(), Response.objects.count()
        with pytest.raises(CommandError) as caught:
            import_wave(*arguments, **named)
        assert (Wave.objects.count(), Department.objects.count(), Response.objects.count()) == before
        return caught.value

    return refused
