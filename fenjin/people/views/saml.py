"""The two addresses that only SAML 2.0 needs: the one that another site posts to, and the description of ourselves."""

import logging

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from fenjin.kit import vault
from fenjin.kit.access import PUBLIC, needs
from fenjin.people.outside import saml, saml_setup
from fenjin.people.outside.common import OutsideFailed
from fenjin.people.selectors.installations import get_by_key, get_enabled, setup_of
from fenjin.people.services import outside
from fenjin.people.views.outside import back_address, own_metadata_address

log = logging.getLogger("fenjin.people.outside")


# The other system's page posts here, so the browser brings neither our cookies (SameSite=Lax) nor a token of ours. What
# stands in for both: only what the other system has signed is kept, nothing else is done, nobody is signed in and no
# cookie is set. The redirect (303: by GET) makes the browser come by itself, with its cookie, and the page there asks
# whether the answer names the sign-in which this browser began. Refusals are said there too, in its own language.
@csrf_exempt
@needs(PUBLIC)
@never_cache
@require_POST
def outside_posted(request: HttpRequest, key: str) -> HttpResponse:
    """Keep the signed answer of the other system for the browser that brings it, and send it for the answer."""
    installation = get_enabled(key, "saml")
    answer = request.POST.get("SAMLResponse", "")
    address = reverse("people:outside_back", args=[key])
    try:
        saml.require_signed(setup_of(installation), answer)
        address += "?" + urlencode({"posted": outside.keep_posted(key=key, answer=answer)})
    except (OutsideFailed, vault.Unreadable) as failed:
        log.warning("an answer posted for %s was not kept: %s", key, getattr(failed, "cure", "unreadable"))
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


@needs(PUBLIC)
@never_cache
@require_GET
def outside_metadata(request: HttpRequest, key: str) -> HttpResponse:
    """What the administrator over there loads or types off, before the service stands on the sign-in page."""
    row = get_by_key(key, "saml")
    body = saml_setup.own_metadata(entity_id=own_metadata_address(row), back=back_address(row))
    headers = {"Content-Disposition": f'attachment; filename="{key}-metadata.xml"'}
    return HttpResponse(body, content_type="application/samlmetadata+xml", headers=headers)
