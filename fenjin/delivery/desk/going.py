"""From one page of the desk to another, with all that was chosen in the address."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect


def compose_address(state: QueryDict) -> str:
    """Return the address of the desk in a state."""
    return f"{reverse('delivery_desk:compose')}?{state.urlencode()}"


def review_address(state: QueryDict) -> str:
    """Return the address of the review of a state."""
    return f"{reverse('delivery_desk:review')}?{state.urlencode()}"


def back_to_compose(state: QueryDict) -> HttpResponse:
    """Lead to the desk in a state."""
    return HttpResponseRedirect(compose_address(state))


def lead_to(request: HttpRequest, address: str) -> HttpResponse:
    """Lead to an address as a whole page, also when htmx asked for a part."""
    return HttpResponseClientRedirect(address) if getattr(request, "htmx", False) else HttpResponseRedirect(address)


def state_of(pairs: list[tuple[str, str]]) -> QueryDict:
    """Return names and values as the state in an address."""
    state = QueryDict(mutable=True)
    for name, value in pairs:
        state.appendlist(name, value)
    return state
