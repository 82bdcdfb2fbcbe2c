"""What somebody validated is never written over: a later assessment stands beside it.

Its level, and the mark of having been taken back with a reason, still move. A
migration that makes the table again on SQLite must put its triggers back.
"""

from django.db import migrations

TABLE = "careplan_assessment"
FROZEN = [
    "assessed_at",
    "author_id",
    "by_person",
    "comment",
    "discipline",
    "form_id",
    "items",
    "method",
    "person_id",
    "plan_id",
    "questionnaire",
    "responsible_id",
    "score",
    "summary",
    "validated_at",
]


def refuse(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in FROZEN)
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE ON {TABLE} FOR EACH ROW "
            f"WHEN (OLD.validated_at IS NOT NULL AND ({changed})) EXECUTE FUNCTION careplan_refuse()",
            params=None,
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} FOR EACH ROW "
            f"WHEN (OLD.validated_at IS NOT NULL) EXECUTE FUNCTION careplan_refuse()",
            params=None,
        )
        for name in ("change", "delete"):
            schema_editor.execute(
                f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {TABLE}_no_{name}", params=None
            )
        return
    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in FROZEN)
    guards = {
        "change": f"UPDATE ON {TABLE} WHEN OLD.validated_at IS NOT NULL AND ({changed})",
        "delete": f"DELETE ON {TABLE} WHEN OLD.validated_at IS NOT NULL",
        # INSERT OR REPLACE deletes the former row without waking the DELETE trigger.
        "replace": f"INSERT ON {TABLE} WHEN EXISTS "
        f"(SELECT 1 FROM {TABLE} WHERE id = NEW.id AND validated_at IS NOT NULL)",
    }
    for name, guard in guards.items():
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_no_{name} BEFORE {guard} "
            f"BEGIN SELECT RAISE(ABORT, '{TABLE} is immutable'); END",
            params=None,
        )


def allow(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name in ("change", "delete") if postgresql else ("change", "delete", "replace"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{name}" + (f" ON {TABLE}" if postgresql else ""))


class Migration(migrations.Migration):
    dependencies = [("careplan", "0005_take_back_assessments_and_files")]
    operations = [migrations.RunPython(refuse, allow)]
