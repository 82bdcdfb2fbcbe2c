import hashlib
import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from avec.documents.actions import file_bytes, store_file
from avec.documents.judging import MAX_SIZE, FileRefused
from avec.documents.models import FileContent, StoredFile

PDF = b"%PDF-1.7\nrest"
PNG = b"\x89PNG\r\n\x1a\nrest"
JPEG = b"\xff\xd8\xff\xe0rest"


def keep(content=PDF, content_type="application/pdf", title="Contrat signé"):
    return store_file(
        title=title,
        content_type=content_type,
        content=content,
        establishment_id=uuid.uuid4(),
        subject_id=uuid.uuid4(),
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "content_type"), [(PDF, "application/pdf"), (PNG, "image/png"), (JPEG, "image/jpeg")]
)
def test_a_file_is_kept_as_it_came(content, content_type):
    file = keep(content, content_type)
    assert file_bytes(file) == content
    assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "content_type", "words"),
    [
        (b"", "application/pdf", "vide"),
        (PNG, "application/pdf", "n’est pas ce que dit son nom"),
        (b"<script>", "image/png", "Choisissez un PDF"),
        (b"<html>", "text/html", "Choisissez un PDF"),
        (b"MZ", "application/x-msdownload", "Choisissez un PDF"),
        (b"MZ", "audio/mpeg", "est un programme"),
        (PDF + b"0" * MAX_SIZE, "application/pdf", "25\u00a0Mo"),
    ],
)
def test_an_unfit_file_is_refused_with_a_sentence(content, content_type, words):
    with pytest.raises(FileRefused, match=words):
        keep(content, content_type)


@pytest.mark.django_db
def test_a_title_is_one_line_that_fits():
    assert keep(title="Contrat\r\nsigné\x00 " + "x" * 400).title.startswith("Contrat signé x")
    assert len(keep(title="x" * 400).title) == 250
    assert keep(title=" \n ").title == "Sans titre"


@pytest.mark.django_db
def test_listing_files_does_not_load_the_bytes(django_assert_num_queries):
    keep()
    with django_assert_num_queries(1) as queries:
        list(StoredFile.objects.all())
    assert "filecontent" not in queries[0]["sql"]


CHANGES = [
    "UPDATE documents_storedfile SET title = 'autre'",
    "UPDATE documents_filecontent SET data = data",
    "DELETE FROM documents_filecontent",
    "DELETE FROM documents_storedfile",
]


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_a_file(change):
    keep()
    refused(change)
    assert StoredFile.objects.get().title == "Contrat signé"
    assert FileContent.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["documents_filecontent", "documents_storedfile"])
def test_the_database_refuses_to_replace_or_empty(table):
    keep()
    if connection.vendor == "sqlite":
        refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing pending: only the trigger can refuse
        refused(f"TRUNCATE {table} CASCADE")
    assert FileContent.objects.count() == 1


def refused(statement):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
