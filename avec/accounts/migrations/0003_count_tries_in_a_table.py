from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    """The table of the cache, where the tries of sign-in are counted. Does nothing when it is there."""
    call_command("createcachetable", "avec_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_let_members_have_an_address")]

    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
