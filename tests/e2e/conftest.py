"""Chromium for the tests: the one of the system where there is one, else the one that playwright brings."""

import os
import shutil

import pytest
from axe_playwright_python.base import AXE_SCRIPT

# playwright's synchronous calls run an event loop, under which Django would refuse the database to the test.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def base_url():
    """Tests name whole addresses. This also replaces pytest-base-url's fixture, which pytest warns of."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    found = {"executable_path": chromium} if chromium else {}
    return browser_type_launch_args | found | {"args": arguments}


@pytest.fixture
def axe_violations():
    """A function of a page: what axe finds wrong with it, rule by rule; an empty list is what we want."""

    def violations(page):
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        found = page.evaluate("axe.run({resultTypes: ['violations']}).then(results => results.violations)")
        return [f"{rule['id']}: {[node['html'] for node in rule['nodes']]}" for rule in found]

    return violations


@pytest.fixture
def sideways():
    """A function of a page: how many pixels it is wider than its window; 0 is what we want."""

    def overflow(page):
        return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    return overflow


@pytest.fixture
def inspect(axe_violations, sideways):
    """A function of a page: what is wrong with it in each of the windows that it is looked at in, by name."""

    def look(page, windows):
        found = {}
        for name, (size, scheme) in windows.items():
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            page.evaluate(
                "Promise.all(document.getAnimations().map(animation => animation.finished))"
            )  # colours change slowly
            found[name] = (axe_violations(page), sideways(page))
        return found

    return look
