"""Answers stay as they were given, figures as they were counted, in the database itself (access.md, decision 9).

A campaign only goes forward, and its protection is fixed once it is open. An answer comes in only while the
campaign is open, never changes, and is erased only once the campaign is settled or cancelled. A used card never
serves again. What was said together holds once the session is closed. A migration that makes one of these tables
again on SQLite must put its triggers back.
"""

from django.db import migrations

CAMPAIGN = "barometer_campaign"
FIXED = ("kind", "group_id", "barometer_id")
BACKWARD = (
    "NOT (OLD.state = NEW.state"
    " OR (OLD.state = 'draft' AND NEW.state IN ('open', 'cancelled'))"
    " OR (OLD.state = 'open' AND NEW.state IN ('settled', 'cancelled')))"
)
UNFIXED = "OLD.state <> 'draft' AND (" + " OR ".join(f"OLD.{one} <> NEW.{one}" for one in FIXED) + ")"


def state_of(row):
    return f"(SELECT c.state FROM barometer_campaign c WHERE c.id = {row}.campaign_id)"


def closed(session):
    return f"EXISTS (SELECT 1 FROM barometer_jointsession s WHERE s.campaign_id = {session} AND s.closed_at IS NOT NULL)"


def session_of(row):
    return f"(SELECT r.session_id FROM barometer_jointrating r WHERE r.id = {row}.rating_id)"


# table → name of the guard → (event, condition)
GUARDS = {
    "barometer_barometer": {"change": ("UPDATE", "1=1"), "delete": ("DELETE", "1=1")},
    "barometer_figures": {"change": ("UPDATE", "1=1"), "delete": ("DELETE", "1=1")},
    CAMPAIGN: {"return": ("UPDATE", BACKWARD), "fixed": ("UPDATE", UNFIXED), "delete": ("DELETE", "OLD.state <> 'draft'")},
    "barometer_selfrating": {
        "change": ("UPDATE", "1=1"),
        "late": ("INSERT", f"{state_of('NEW')} <> 'open'"),
        "delete": ("DELETE", f"{state_of('OLD')} NOT IN ('settled', 'cancelled')"),
    },
    "barometer_comment": {
        "change": ("UPDATE", "OLD.words <> NEW.words OR OLD.side <> NEW.side OR OLD.campaign_id <> NEW.campaign_id"),
        "late": ("INSERT", f"{state_of('NEW')} <> 'open'"),
        "delete": ("DELETE", f"{state_of('OLD')} NOT IN ('settled', 'cancelled')"),
    },
    "barometer_invitation": {"again": ("UPDATE", "OLD.used AND NOT NEW.used")},
    "barometer_jointsession": {
        "change": ("UPDATE", "OLD.closed_at IS NOT NULL"),
        "delete": ("DELETE", "OLD.closed_at IS NOT NULL"),
    },
    "barometer_jointrating": {
        "late": ("INSERT", closed("NEW.session_id")),
        "change": ("UPDATE", closed("OLD.session_id")),
        "delete": ("DELETE", closed("OLD.session_id")),
    },
    "barometer_attendee": {
        "late": ("INSERT", closed("NEW.session_id")),
        "change": ("UPDATE", closed("OLD.session_id")),
        "delete": ("DELETE", closed("OLD.session_id")),
    },
    "barometer_jointconfirmation": {
        "late": ("INSERT", closed(session_of("NEW"))),
        "change": ("UPDATE", "1=1"),
        "delete": ("DELETE", closed(session_of("OLD"))),
    },
}
# INSERT OR REPLACE deletes the former row without waking the DELETE trigger.
REPLACED = {"barometer_barometer": "id", "barometer_figures": "campaign_id"}


def guard(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in postgresql() if vendor == "postgresql" else sqlite():
        schema_editor.execute(statement, params=None)


def sqlite():
    for table, guards in GUARDS.items():
        for name, (event, condition) in guards.items():
            yield (
                f"CREATE TRIGGER {table}_no_{name} BEFORE {event} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is immutable'); END"
            )
    for table, key in REPLACED.items():
        yield (
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} is immutable'); END"
        )


def postgresql():
    for table, guards in GUARDS.items():
        for name, (event, condition) in guards.items():
            given = "OLD" if event == "DELETE" else "NEW"
            # A trigger's own condition cannot look into other tables: its function does.
            yield (
                f"CREATE FUNCTION {table}_no_{name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN IF {condition} THEN RAISE EXCEPTION '% is immutable', TG_TABLE_NAME "
                f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {given}; END $$"
            )
            yield (
                f"CREATE TRIGGER {table}_no_{name} BEFORE {event} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_no_{name}()"
            )
            yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_{name}"
    for table in REPLACED:
        yield (
            f"CREATE FUNCTION {table}_no_truncate() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is immutable', TG_TABLE_NAME "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        yield (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_no_truncate()"
        )
        yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_truncate"


def unguard(apps, schema_editor):
    postgresql_too = schema_editor.connection.vendor == "postgresql"
    names = [(table, name) for table, guards in GUARDS.items() for name in guards]
    names += [(table, "truncate" if postgresql_too else "replace") for table in REPLACED]
    for table, name in names:
        if postgresql_too:
            schema_editor.execute(f"DROP FUNCTION {table}_no_{name}() CASCADE")
        else:
            schema_editor.execute(f"DROP TRIGGER {table}_no_{name}")


class Migration(migrations.Migration):
    dependencies = [("barometer", "0001_groups_rate_their_partnership")]

    operations = [migrations.RunPython(guard, unguard)]
