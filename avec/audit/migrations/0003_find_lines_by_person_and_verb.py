from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_refuse_changes_to_the_journal")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["person_id", "verb"], name="entry_of_person_by_verb"),
        ),
    ]
