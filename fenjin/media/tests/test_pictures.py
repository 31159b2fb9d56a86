"""Taking pictures in: what is refused, what is taken out, and who sees them."""

import io

import pytest
from django.test import Client
from PIL import Image

from fenjin.kit.scope import Reason, every_space
from fenjin.media import services
from fenjin.media.cleaning import NotAPicture, PictureTooLarge, clean_picture
from fenjin.media.models import Picture
from fenjin.media.selectors import address, bytes_of, shown
from fenjin.media.testing import make_picture, picture_bytes, upload
from fenjin.newsroom.testing import make_article, part
from fenjin.people.testing import make_account, make_person, make_unit, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def opened(file) -> Image.Image:
    return Image.open(io.BytesIO(file.read()))


def with_exif(form: str = "JPEG", size=(600, 300), orientation: int = 6) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (39.0, 54.0, 26.0)
    return picture_bytes(form=form, size=size, exif=exif)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_every_format_is_taken_and_comes_out_plain(form):
    cleaned = clean_picture(upload(picture_bytes(form=form)))
    assert opened(cleaned).format == "JPEG"


@pytest.mark.parametrize("form", ["JPEG", "HEIF"])
def test_place_and_camera_are_removed_and_the_picture_stands_upright(form):
    raw = with_exif(form, orientation=6 if form == "JPEG" else 1)
    assert b"SecretCamera" in raw
    cleaned = clean_picture(upload(raw))
    content = cleaned.read()
    image = Image.open(io.BytesIO(content))
    assert not image.getexif()
    assert b"SecretCamera" not in content
    assert b"Exif" not in content
    assert image.size == ((300, 600) if form == "JPEG" else (600, 300))


def test_see_through_stays_see_through():
    buffer = io.BytesIO()
    Image.new("RGBA", (40, 40), (1, 2, 3, 0)).save(buffer, "PNG")
    image = opened(clean_picture(upload(buffer.getvalue())))
    assert image.mode == "RGBA"


def test_names_of_files_are_not_kept():
    assert "工资" not in clean_picture(upload(name="工资表截图.png")).name


def test_too_many_pixels_are_refused_before_decoding(settings, monkeypatch):
    settings.MAX_IMAGE_PIXELS = 10_000
    large = upload(picture_bytes(size=(200, 200)))
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("it was decoded"))
    with pytest.raises(PictureTooLarge):
        clean_picture(large)


@pytest.mark.parametrize("content", [b"", b"not a picture", picture_bytes()[:200], b"<svg xmlns='x'/>", b"GIF89a"])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(NotAPicture):
        clean_picture(io.BytesIO(content))


def test_large_pictures_are_made_smaller():
    image = opened(clean_picture(upload(picture_bytes(size=(5000, 2500), form="JPEG"))))
    assert max(image.size) == 2400


def test_sizes_are_webp_and_covers_are_cut_around_the_important_part():
    picture = make_picture(focus="2-0")
    assert services.focus_of(picture) == "2-0"
    whole = Image.open(io.BytesIO(bytes_of(picture, 360)))
    cover = Image.open(io.BytesIO(bytes_of(picture, 360, "cover")))
    assert (whole.format, whole.width) == ("WEBP", 360)
    assert cover.size == (360, 180)
    assert shown(picture, cut="thumb").srcset.count("thumb-") == 3
    moved = services.describe_picture(actor=None, picture=picture, title="x", description="", focus="0-2")
    assert address(moved, 360, "cover") != address(make_picture(focus="2-0"), 360, "cover")


def employee(unit=None) -> Client:
    client = Client()
    sign_in(client, make_account(make_person(unit=unit or make_unit())))
    return client


def test_picture_is_private_and_kept_by_the_phone_for_good():
    picture = make_picture()
    make_article(cover=picture)
    answer = employee().get(address(picture, 360))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert Client().get(address(picture, 360)).status_code == 302


def test_picture_of_a_draft_or_of_nothing_is_not_there():
    picture = make_picture()
    assert employee().get(address(picture, 360)).status_code == 404
    make_article(cover=picture, publish=False)
    assert employee().get(address(picture, 360)).status_code == 404


def test_picture_in_a_body_is_shown_to_readers():
    picture = make_picture()
    make_article(body=[part("picture", {"picture": picture.pk, "caption": "", "alt": ""})])
    assert employee().get(address(picture, 720, "")).status_code == 200


def test_picture_of_an_article_for_recipients_only_stays_with_them():
    picture = make_picture()
    make_article(cover=picture, recipients_only=True)
    assert employee().get(address(picture, 360)).status_code == 404


def test_withdrawn_picture_is_gone_for_everybody():
    picture = make_picture()
    make_article(cover=picture)
    client = employee()
    assert client.get(address(picture, 360)).status_code == 200
    with every_space(Reason.TEST):
        services.withdraw_picture(actor=None, picture=Picture.objects.get(pk=picture.pk))
    assert client.get(address(picture, 360)).status_code == 404


@pytest.mark.parametrize("path", ["/m/nothex/360.webp", f"/m/{'0' * 32}/360.webp"])
def test_unknown_keys_are_404(path):
    assert employee().get(path).status_code == 404


def test_only_the_sizes_we_make_are_answered():
    picture = make_picture()
    make_article(cover=picture)
    client = employee()
    base = f"/m/{picture.key.hex}"
    for tail in ("361.webp", "thumb-360.webp", "original-360.webp", "999999.webp"):
        assert client.get(f"{base}/{tail}").status_code == 404


def test_the_file_itself_has_no_address():
    picture = make_picture()
    assert employee().get(picture.file.url).status_code == 404
