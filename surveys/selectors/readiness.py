"""Whether this process can serve. The broker does not count: answers are taken without it, and mails wait."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


def problem() -> str:
    """What keeps the site from serving, in words that give nothing away; empty if nothing does."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "migrations are not applied"
    except DatabaseError:
        return "the database cannot be reached"
    return ""
