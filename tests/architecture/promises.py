"""What docs/anonymity.md promises, as data."""

from django.conf import settings


def promised():
    """Columns by table, as the document lists them."""
    text = (settings.BASE_DIR / "docs" / "anonymity.md").read_text(encoding="utf-8")
    _, _, after = text.partition("| table | columns |\n|---|---|\n")
    rows = [line.strip("| ").split(" | ") for line in after.partition("\n\n")[0].splitlines()]
    return {table: sorted(columns.replace(" or ", ", ").split(", ")) for table, columns in rows}
