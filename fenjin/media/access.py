"""Who may see a picture, and who may open a file."""

from fenjin.media.models import MediaFile, Picture
from fenjin.media.register import file_uses, uses
from fenjin.spaces.access import Membership, spaces_allowing


def can_see(membership: Membership, picture: Picture) -> bool:
    """Tell whether the one who asks may see the picture.

    Those who choose pictures for its space always; everybody else only where a feature shows it to them, so that the
    picture of an article for recipients only stays with the recipients. Withdrawn: nobody.
    """
    if picture.withdrawn_at is not None:
        return False
    if picture.space_id in spaces_allowing(membership, "media.choose_picture"):
        return True
    return any(shows(membership, picture.pk) for shows in uses())


def can_open(membership: Membership, file: MediaFile) -> bool:
    """Tell whether the one who asks may open a document or a recording: the same rule as for pictures."""
    if file.withdrawn_at is not None:
        return False
    if file.space_id in spaces_allowing(membership, "media.choose_mediafile"):
        return True
    return any(offers(membership, file.pk) for offers in file_uses())
