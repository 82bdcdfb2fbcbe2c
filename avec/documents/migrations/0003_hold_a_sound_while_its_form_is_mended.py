import uuid

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_refuse_changes_to_files")]

    operations = [
        migrations.CreateModel(
            name="HeldSound",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("holder_id", models.UUIDField(db_index=True)),
                ("title", models.CharField(max_length=250, verbose_name="titre")),
                ("content_type", models.CharField(max_length=100)),
                ("seconds", models.PositiveIntegerField(null=True)),
                ("data", models.BinaryField()),
                ("held_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={"verbose_name": "enregistrement en attente"},
        ),
    ]
