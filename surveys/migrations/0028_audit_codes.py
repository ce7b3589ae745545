from django.db import migrations

# Sentences of documents of the second format, each with its code. What is not among them becomes `legacy`; the sentence
# stays beside it.
GOALS = {
    "who cast which sealed ballot, by somebody who has the key": "sealed_ballots",
    "who gave which answers": "answers",
    "who gave which rating of another department": "ratings",
    "who wrote which comment": "comments",
    "which comment belongs to which answers": "comments_by_answers",
    "who answered at all": "presence",
    "who gave which answers, by who was there in which wave": "answers_by_presence",
}
ROWS = {name: name for name in ("invitations", "mails", "answers", "ratings", "comments")}
ROWS["sealed ballots"] = "sealed_ballots"
PLACES = {name: name for name in ("rows", "dump", "pages", "chunks", "log", "mailbox")}
PLACES |= {"bytes of pages": "page_bytes", "bytes of file": "file_bytes"}
SOURCES = {
    "PostgreSQL's pages": "postgresql_pages",
    "PostgreSQL's write-ahead log": "write_ahead_log",
    "SQLite's file": "sqlite_files",
    "SQLite's file and its log": "sqlite_files",
    "dump": "dump",
    "permissions of BALLOT_KEY_DIR": "ballot_keys",
    "what the real processes print": "console",
    "settings of PostgreSQL": "server_settings",
    "libraries that PostgreSQL loads": "server_libraries",
    "Redis of the real deployment": "broker",
}
NAMED = {"table ": "table", "pages of ": "pages"}
FOLDERS = ("mailbox", "logs", "keys", "broker")
CHECKS = {name: name for name in ("settings", "https", "logs")}
CHECKS |= {
    "columns of the tables": "columns",
    "ballot keys": "ballot_keys",
    "log of the database's server": "server_log",
}
OLD, NEW, LEGACY = "faultline-audit/2", "faultline-audit/3", "legacy"


def source_codes(source):
    for start, code in NAMED.items():
        if source.startswith(start):
            return {"code": code, "name": source.removeprefix(start)}
    if source in FOLDERS:
        return {"code": "folder", "name": source}
    return {"code": SOURCES.get(source, LEGACY), "name": "" if source in SOURCES else source}


def add_codes(report):
    for attack in report.get("attacks", []):
        rows, _, place = attack["source"].partition(", ")
        attack["goal"] = GOALS.get(attack["what"], LEGACY)
        attack |= {"rows": ROWS.get(rows, LEGACY), "place": PLACES.get(place, LEGACY)}
    for search in report.get("searches", []):
        search |= source_codes(search["source"])
        del search["kind"]
    for check in report.get("checks", []):
        check["code"] = CHECKS.get(check["name"], LEGACY)
    for left in report.get("not_examined", []):
        left |= source_codes(left["source"]) | {"reason_code": LEGACY}


def remove_codes(report):
    for attack in report.get("attacks", []):
        del attack["goal"], attack["rows"], attack["place"]
    for search in report.get("searches", []):
        code = search.pop("code")
        search["kind"] = code if code in ("table", "pages") else "other"
        del search["name"]
    for check in report.get("checks", []):
        del check["code"]
    for left in report.get("not_examined", []):
        del left["code"], left["name"], left["reason_code"]


def rewrite(change, before, after):
    def run(apps, schema_editor):
        runs = apps.get_model("surveys", "AuditRun").objects.using(schema_editor.connection.alias)
        for run in runs.iterator():
            if run.report.get("format") == before:
                change(run.report)
                run.report["format"] = after
                run.save(update_fields=["report"])

    return run


class Migration(migrations.Migration):

    dependencies = [
        ("surveys", "0027_delivered_addresses"),
    ]

    operations = [
        migrations.RunPython(rewrite(add_codes, OLD, NEW), rewrite(remove_codes, NEW, OLD)),
    ]
