import os
import subprocess

import pytest

from tests.silence.processes import ROOT


@pytest.fixture(scope="package")
def static_files(tmp_path_factory):
    """The folder of the collected static files, without which no page can be made."""
    folder = tmp_path_factory.mktemp("static")
    subprocess.run(
        [ROOT / "scripts" / "static.sh"], env=os.environ | {"STATIC_ROOT": str(folder)}, check=True, capture_output=True
    )
    return str(folder)
