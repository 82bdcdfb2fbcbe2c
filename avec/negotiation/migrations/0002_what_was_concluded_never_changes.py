"""Moves, outcomes and refusals are never written over; a concluded negotiation takes nothing more.

A concession on a point that cannot be negotiated is refused here too. A
migration that makes one of these tables again on SQLite must put its triggers
back.
"""

from django.db import migrations

FROZEN = [
    "negotiation_move",
    "negotiation_outcome",
    "negotiation_carerefusal",
    "negotiation_askedagain",
]
# What lies on the table, closed with it.
LAID = ["negotiation_party", "negotiation_point", "negotiation_move", "negotiation_outcome"]
CONCLUDED = "(SELECT phase FROM negotiation_negotiation WHERE id = {row}.negotiation_id) = 'concluded'"
NOT_NEGOTIABLE = (
    "NEW.verb = 'offer' AND (SELECT nature FROM negotiation_point WHERE id = NEW.point_id) "
    "IN ('law', 'house_rules', 'recommendation', 'prescription', '')"
)
HEAD = "negotiation_negotiation"


def refuse(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in postgresql() if vendor == "postgresql" else sqlite():
        schema_editor.execute(statement, params=None)


def postgresql():
    yield (
        "CREATE FUNCTION negotiation_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is immutable', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    # A subquery is not allowed in WHEN: these functions look for themselves.
    yield (
        "CREATE FUNCTION negotiation_refuse_concluded() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {CONCLUDED.format(row='NEW')} THEN RAISE EXCEPTION '% is concluded', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    )
    yield (
        "CREATE FUNCTION negotiation_refuse_concession() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {NOT_NEGOTIABLE} THEN RAISE EXCEPTION 'no concession on this point' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    )
    guards = [
        (HEAD, "change", f"UPDATE ON {HEAD} FOR EACH ROW WHEN (OLD.phase = 'concluded')", "negotiation_refuse"),
        (HEAD, "delete", f"DELETE ON {HEAD} FOR EACH ROW", "negotiation_refuse"),
        (HEAD, "truncate", f"TRUNCATE ON {HEAD} FOR EACH STATEMENT", "negotiation_refuse"),
        (
            "negotiation_move",
            "concession",
            "INSERT ON negotiation_move FOR EACH ROW",
            "negotiation_refuse_concession",
        ),
    ]
    for table in LAID:
        events = "INSERT" if table in FROZEN else "INSERT OR UPDATE"
        guards.append(
            (table, "late", f"{events} ON {table} FOR EACH ROW", "negotiation_refuse_concluded")
        )
    for table in FROZEN:
        guards.append((table, "change", f"UPDATE ON {table} FOR EACH ROW", "negotiation_refuse"))
    for table in sorted({*FROZEN, *LAID}):
        guards += [
            (table, "delete", f"DELETE ON {table} FOR EACH ROW", "negotiation_refuse"),
            (table, "truncate", f"TRUNCATE ON {table} FOR EACH STATEMENT", "negotiation_refuse"),
        ]
    for table, name, guard, function in guards:
        yield f"CREATE TRIGGER {table}_no_{name} BEFORE {guard} EXECUTE FUNCTION {function}()"
        yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_{name}"


def sqlite():
    guards = [
        (HEAD, "change", f"UPDATE ON {HEAD} WHEN OLD.phase = 'concluded'"),
        (HEAD, "delete", f"DELETE ON {HEAD}"),
        ("negotiation_move", "concession", f"INSERT ON negotiation_move WHEN {NOT_NEGOTIABLE}"),
    ]
    for table in LAID:
        guards.append((table, "late", f"INSERT ON {table} WHEN {CONCLUDED.format(row='NEW')}"))
        if table not in FROZEN:
            guards.append((table, "late_change", f"UPDATE ON {table} WHEN {CONCLUDED.format(row='OLD')}"))
    for table in FROZEN:
        guards.append((table, "change", f"UPDATE ON {table}"))
    for table in sorted({*FROZEN, *LAID}):
        guards.append((table, "delete", f"DELETE ON {table}"))
    for table in sorted({HEAD, *FROZEN, *LAID}):
        # INSERT OR REPLACE deletes the former row without waking the DELETE trigger.
        guards.append(
            (table, "replace", f"INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)")
        )
    for table, name, guard in guards:
        yield (
            f"CREATE TRIGGER {table}_no_{name} BEFORE {guard} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is immutable'); END"
        )


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for function in ("", "_concluded", "_concession"):
            schema_editor.execute(f"DROP FUNCTION negotiation_refuse{function} CASCADE")
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'negotiation_%'")
        names = [row[0] for row in cursor.fetchall()]
    for name in names:
        schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("negotiation", "0001_people_negotiate")]
    operations = [migrations.RunPython(refuse, allow)]
