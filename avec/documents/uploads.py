"""How a file comes in: measured as it arrives, never wholly in memory, nothing left on the disk.

What passes the limit is counted and dropped, so that the rest of the form is still
read: the page comes back with its words, and says what is too heavy.
"""

from tempfile import SpooledTemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from avec.documents.judging import MAX_SIZE

IN_MEMORY = 1024 * 1024


class MeasuredUpload(FileUploadHandler):
    """Keeps up to MAX_SIZE of each file in a temporary file that has no name: it goes with the process."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed with the request)
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self.size <= MAX_SIZE:
            self.received.write(raw_data)
        elif self.received.tell():
            self.received.seek(0)
            self.received.truncate()

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        self.received.seek(0)
        return UploadedFile(
            file=self.received,
            name=self.file_name,
            content_type=self.content_type,
            size=self.size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        if hasattr(self, "received"):
            self.received.close()
