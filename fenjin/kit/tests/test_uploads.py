"""Large uploads leave nothing in a folder, whole or broken off."""

import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import UnreadablePostError
from django.test import RequestFactory

CONTENT = bytes(range(256)) * 12 * 1024  # three MiB: more than Django holds in memory


@pytest.fixture
def folder(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    settings.FENJIN_DATA = tmp_path
    return tmp_path


def request_with_a_file():
    return RequestFactory().post("/", {"file": SimpleUploadedFile("十一月.csv", CONTENT)})


def test_a_large_upload_is_whole_and_stands_in_no_folder(folder):
    upload = request_with_a_file().FILES["file"]
    assert list(folder.iterdir()) == []
    assert (upload.name, upload.size, upload.read()) == ("十一月.csv", len(CONTENT), CONTENT)


def test_an_upload_that_breaks_off_leaves_nothing(folder, monkeypatch):
    request = request_with_a_file()
    given = request._stream if hasattr(request, "_stream") else request.environ["wsgi.input"]
    read, asked = given.read, []

    def break_off(*arguments):
        asked.append(1)
        if len(asked) > 20:
            raise OSError("the phone has gone")
        return read(*arguments)

    monkeypatch.setattr(given, "read", break_off)
    with pytest.raises(UnreadablePostError):
        _ = request.FILES
    assert list(folder.iterdir()) == []
