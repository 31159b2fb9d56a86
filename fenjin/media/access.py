"""Who may see a picture."""

from fenjin.media.models import Picture
from fenjin.media.register import uses
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
