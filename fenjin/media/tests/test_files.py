"""Documents and recordings: what is refused, what is taken out, who opens them, and how players ask."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fenjin.audit.models import AuditEvent
from fenjin.kit.scope import Reason, every_space
from fenjin.media import services
from fenjin.media.filing import FileTooLarge, HoldsMacros, IsLocked, NotADocument, check_document
from fenjin.media.models import MediaFile
from fenjin.media.recording import NotARecording, RecordingTooLong, check_recording
from fenjin.media.selectors.files import address_of, clock_of, range_of, size_in_words
from fenjin.media.testing import m4a_bytes, make_file, mp3_bytes, pdf_bytes
from fenjin.newsroom.testing import make_editor
from fenjin.people.testing import make_account, make_person, make_unit, sign_in
from fenjin.spaces.testing import make_space

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def given(content: bytes, name: str = "a") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def office(*parts: str, main: str = "word/document.xml", **contents: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("[Content_Types].xml", main, *parts):
            archive.writestr(name, contents.get(name.rpartition("/")[2].partition(".")[0], "<x/>"))
    return made.getvalue()


def old_office(*streams: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"".join(name.encode("utf-16-le") + bytes(64) for name in streams)


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (pdf_bytes(), "pdf"),
        (office(), "docx"),
        (office(main="xl/workbook.xml"), "xlsx"),
        (office(main="ppt/presentation.xml"), "pptx"),
        (old_office("WordDocument"), "doc"),
        (old_office("Workbook"), "xls"),
    ],
)
def test_a_document_is_what_its_content_says(content, form):
    assert check_document(given(content, "salary.exe")).form == form


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", NotADocument),
        (b"MZ\x90 a program", NotADocument),
        (b"<html><script>x</script>", NotADocument),
        (b"PK\x03\x04 broken", NotADocument),
        (office(main="evil/thing.xml"), NotADocument),
        (old_office("Nothing we know"), NotADocument),
        (office("word/vbaProject.bin"), HoldsMacros),
        (old_office("WordDocument", "_VBA_PROJECT"), HoldsMacros),
        (old_office("EncryptedPackage"), IsLocked),
        (pdf_bytes("/Encrypt 4 0 R"), IsLocked),
    ],
)
def test_what_is_no_plain_document_is_refused(content, refusal):
    with pytest.raises(refusal):
        check_document(given(content, "report.pdf"))


def test_names_of_authors_are_taken_out_of_office_files():
    core = "<p><dc:creator>张三</dc:creator><cp:lastModifiedBy>李四</cp:lastModifiedBy><dc:title>年报</dc:title></p>"
    checked = check_document(given(office("docProps/core.xml", core=core)))
    with zipfile.ZipFile(io.BytesIO(checked.content)) as archive:
        kept = archive.read("docProps/core.xml").decode()
    assert "年报" in kept
    assert "张三" not in kept
    assert "李四" not in kept


def test_a_bomb_and_a_giant_are_refused(monkeypatch):
    monkeypatch.setattr("fenjin.media.filing._MOST_UNPACKED", 1000)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", "a" * 5000)
    with pytest.raises(FileTooLarge):
        check_document(given(made.getvalue()))
    monkeypatch.setattr("fenjin.media.filing.MAX_BYTES", 10)
    with pytest.raises(FileTooLarge):
        check_document(io.BytesIO(pdf_bytes()))


def test_a_recording_is_measured_and_nothing_but_sound_is_kept():
    checked = check_recording(
        given(mp3_bytes(5, note=b"TPE1 \xe5\xbc\xa0\xe4\xb8\x89 APIC picture") + b"TAG" + bytes(125))
    )
    assert (checked.form, checked.seconds) == ("mp3", 5)
    assert checked.content == mp3_bytes(5)


def test_an_m4a_loses_its_notes_and_no_position_moves():
    raw = m4a_bytes(7, note=b"+39.9042+116.4074/ iPhone")
    checked = check_recording(given(raw))
    assert (checked.form, checked.seconds, len(checked.content)) == ("m4a", 7, len(raw))
    assert b"iPhone" in raw
    assert b"iPhone" not in checked.content
    assert checked.content.index(b"mdat") == raw.index(b"mdat")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"RIFF....WAVEfmt ",
        pdf_bytes(),
        mp3_bytes(0.1),
        m4a_bytes(7, handler=b"vide"),
        m4a_bytes(0),
        m4a_bytes(7)[:90],
    ],
)
def test_what_phones_cannot_play_is_refused(content):
    with pytest.raises(NotARecording):
        check_recording(given(content, "a.mp3"))


def test_recordings_have_an_end():
    with pytest.raises(RecordingTooLong):
        check_recording(given(m4a_bytes(3 * 3600)))


def test_words_about_size_and_length():
    assert [size_in_words(size) for size in (10, 340_000, 1_250_000)] == ["1 KB", "340 KB", "1.2 MB"]
    assert [clock_of(seconds) for seconds in (5, 185, 3723)] == ["0:05", "3:05", "1:02:03"]


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("bytes=0-", (0, 99)),
        ("bytes=10-19", (10, 19)),
        ("bytes=90-500", (90, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=0-1,5-6", (0, 99)),
        ("bytes=100-", None),
        ("bytes=5-2", None),
        ("bytes=-", None),
        ("bytes=-0", None),
        ("lines=1-2", None),
    ],
)
def test_ranges_that_players_ask_for(header, wanted):
    assert range_of(header, 100) == wanted


def content_of(answer) -> bytes:
    return b"".join(answer.streaming_content)


def client_of(account) -> Client:
    client = Client()
    sign_in(client, account)
    return client


def test_an_editor_hears_the_own_recordings_in_pieces_and_others_nothing():
    space = make_space("华东")
    file = make_file(space_id=space.pk, kind="recording")
    editor = client_of(make_editor(space.pk))
    whole = editor.get(address_of(file))
    assert (whole.status_code, whole["Content-Type"], whole["Accept-Ranges"]) == (200, "audio/mpeg", "bytes")
    assert content_of(whole) == mp3_bytes()
    piece = editor.get(address_of(file), headers={"range": "bytes=4-9"})
    assert (piece.status_code, piece["Content-Range"]) == (206, f"bytes 4-9/{file.size}")
    assert content_of(piece) == mp3_bytes()[4:10]
    assert editor.get(address_of(file), headers={"range": f"bytes={file.size}-"}).status_code == 416
    for stranger in (make_account(make_person(unit=make_unit())), make_editor(make_space("西南").pk)):
        assert client_of(stranger).get(address_of(file)).status_code == 404
    assert Client().get(address_of(file)).status_code == 302


def test_documents_are_kept_and_never_opened_inside_our_site():
    file = make_file(title="申请表")
    answer = client_of(make_editor(1)).get(address_of(file))
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''%E7%94%B3%E8%AF%B7%E8%A1%A8.pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"


def test_a_withdrawn_file_is_gone_for_everybody_and_comes_back():
    file, editor = make_file(), client_of(make_editor(1))
    with every_space(Reason.TEST):
        services.withdraw_file(actor=None, file=file)
    assert editor.get(address_of(file)).status_code == 404
    with every_space(Reason.TEST):
        services.return_file(actor=None, file=MediaFile.objects.get(pk=file.pk))
    assert editor.get(address_of(file)).status_code == 200


def test_another_ending_or_key_is_404():
    file, editor = make_file(), client_of(make_editor(1))
    for path in (f"/m/file/{file.key.hex}.docx", f"/m/file/{'0' * 32}.pdf", "/m/file/nothex.pdf"):
        assert editor.get(path).status_code == 404


def test_the_studio_takes_a_document_in_describes_and_withdraws_it():
    space = make_space("华东")
    editor = client_of(make_editor(space.pk))
    answer = editor.post("/studio/files/add/document/", {"title": "申请表", "file": given(pdf_bytes())})
    assert answer.status_code == 302
    file = MediaFile._base_manager.get()
    assert (file.space_id, file.kind, file.form) == (space.pk, "document", "pdf")
    assert "申请表" in editor.get("/studio/files/").content.decode()
    assert editor.post(f"/studio/files/edit/{file.pk}/", {"title": "新申请表"}).status_code == 302
    assert editor.post(f"/studio/files/edit/{file.pk}/", {"withdraw": "1"}).status_code == 302
    file.refresh_from_db(fields=["title", "withdrawn_at"])
    assert file.title == "新申请表"
    assert file.withdrawn_at is not None
    acts = list(AuditEvent.objects.filter(act__startswith="media.").order_by("pk").values_list("act", flat=True))
    assert acts == ["media.add_file", "media.describe_file", "media.withdraw_file"]
    broken = editor.post("/studio/files/add/recording/", {"title": "x", "file": given(b"no sound")})
    assert broken.status_code == 422
    assert client_of(make_editor(make_space("西南").pk)).get(f"/studio/files/edit/{file.pk}/").status_code == 404


def test_each_chooser_offers_its_own_kind_of_the_own_space():
    space = make_space("华东")
    editor = client_of(make_editor(space.pk))
    make_file(space_id=space.pk, title="申请表")
    recording = make_file(space_id=space.pk, title="两分钟录音", kind="recording")
    make_file(space_id=make_space("西南").pk, title="外单位的表")
    documents = editor.get("/studio/files/documents/").json()["html"]
    assert "申请表" in documents
    assert "两分钟录音" not in documents
    assert "外单位的表" not in documents
    assert editor.get(f"/studio/files/recordings/chosen/{recording.pk}/").json()["result"]["title"] == "两分钟录音"
    assert editor.get(f"/studio/files/documents/chosen/{recording.pk}/").status_code == 404
    sent = {"recording-upload-title": "新录音", "recording-upload-file": given(mp3_bytes())}
    assert editor.post("/studio/files/recordings/create/", sent).json()["step"] == "chosen"
