"""Large sendings: measured as they come, dropped past the limit, refused unread when far too heavy."""

import gc
import io
import tracemalloc

import pytest
from django.http import HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParser
from django.test import RequestFactory

from avec.documents.judging import MAX_SIZE
from avec.documents.middleware import MAX_REQUEST, refuse_too_heavy
from avec.documents.uploads import MeasuredUpload

MEGABYTE = 1024 * 1024


class Sending(io.RawIOBase):
    """A form with a file of this many bytes, made as it is read."""

    def __init__(self, size):
        self.parts = [
            b'--limit\r\nContent-Disposition: form-data; name="before"\r\n\r\nun\r\n'
            b'--limit\r\nContent-Disposition: form-data; name="voice"; filename="../voix.mp3"\r\n'
            b"Content-Type: audio/mpeg\r\n\r\n",
            size,
            b'\r\n--limit\r\nContent-Disposition: form-data; name="after"\r\n\r\ndeux\r\n--limit--\r\n',
        ]
        self.length = size + len(self.parts[0]) + len(self.parts[2])

    def read(self, wanted=-1):
        while self.parts and not self.parts[0]:
            self.parts.pop(0)
        if not self.parts:
            return b""
        first = self.parts[0]
        if isinstance(first, int):
            count = min(wanted, first)
            self.parts[0] = first - count
            return b"\0" * count
        self.parts[0] = first[wanted:]
        return first[:wanted]


def received(size) -> tuple[QueryDict, dict]:
    sending = Sending(size)
    meta = {"CONTENT_TYPE": "multipart/form-data; boundary=limit", "CONTENT_LENGTH": str(sending.length)}
    return MultiPartParser(meta, sending, [MeasuredUpload()], "utf-8").parse()


@pytest.mark.parametrize("size", [10, 2 * MEGABYTE, MAX_SIZE])
def test_a_file_comes_in_whole(size):
    words, files = received(size)
    file = files["voice"]
    assert (file.name, file.size, len(file.read())) == ("voix.mp3", size, size)
    assert words.dict() == {"before": "un", "after": "deux"}
    file.close()


def test_200_megabytes_are_counted_and_dropped_and_the_words_stay():
    gc.collect()
    tracemalloc.start()
    words, files = received(200 * MEGABYTE)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    file = files["voice"]
    assert (file.size, file.read()) == (200 * MEGABYTE, b"")
    assert words.dict() == {"before": "un", "after": "deux"}
    assert peak < 4 * MEGABYTE
    file.close()


def test_nothing_is_left_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    _, files = received(5 * MEGABYTE)
    assert list(tmp_path.iterdir()) == []
    files["voice"].close()


def test_a_sending_far_too_heavy_is_refused_unread(db):
    request = RequestFactory().post("/", b"", content_type="multipart/form-data; boundary=limit")
    request.META["CONTENT_LENGTH"] = str(200 * MEGABYTE)
    rest = request._stream = io.BytesIO(b"\0" * MEGABYTE)
    answer = refuse_too_heavy(lambda request: HttpResponse("read"))(request)
    assert answer.status_code == 413
    page = answer.content.decode()
    assert "Votre envoi pèse 200\u00a0Mo" in page
    assert "<html" in page
    assert rest.tell() == 0
    answer.close()  # then the browser is let finish, or it would show nothing
    assert rest.tell() == MEGABYTE


def test_a_fragment_gets_a_short_refusal():
    request = RequestFactory().post("/")
    request.META["CONTENT_LENGTH"] = str(MAX_REQUEST + 1)
    request.htmx = True
    page = refuse_too_heavy(lambda request: HttpResponse("read"))(request).content.decode()
    assert "<html" not in page
    assert 'role="alert"' in page


@pytest.mark.parametrize("announced", ["", "x", "0", str(MAX_REQUEST)])
def test_anything_else_goes_on(announced):
    request = RequestFactory().post("/")
    request.META["CONTENT_LENGTH"] = announced
    assert refuse_too_heavy(lambda request: HttpResponse("read"))(request).content == b"read"
