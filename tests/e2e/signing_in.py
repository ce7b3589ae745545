"""Signs somebody in, in the browser."""

from tests.staff import PASSWORD, make_staff


def sign_in(page, live_server, role="hr", **fields):
    make_staff(role, **fields)
    page.goto(f"{live_server.url}/")
    page.get_by_label("Email").fill(f"{role}@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    # Loaded whole: what is measured before its styles are there has other widths.
    page.wait_for_url(lambda url: "/login" not in url)
