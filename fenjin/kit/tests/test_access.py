"""A view that names no rule is not served, and a rule's verdict becomes the right answer."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from fenjin.kit.access import PUBLIC, SIGNED_IN, AccessMiddleware, Rule, Verdict, needs


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse("shown")


def decide(view, *, path="/somewhere/", method="get"):
    request = getattr(RequestFactory(), method)(path, headers={"Accept": "application/json"})
    request.user = AnonymousUser()
    return AccessMiddleware(answer).process_view(request, view, (), {})


def labelled(*rules):
    return needs(*rules)(lambda request: HttpResponse("shown"))


def test_view_without_a_rule_is_not_found():
    assert decide(answer).status_code == 404


def test_public_view_goes_on():
    assert decide(labelled(PUBLIC)) is None


def test_anonymous_reader_is_led_to_sign_in_and_back():
    response = decide(labelled(SIGNED_IN), path="/news/7/?page=2")
    assert response.status_code == 302
    assert response["Location"] == "/sign-in/?next=%2Fnews%2F7%2F%3Fpage%3D2"


def test_anonymous_post_is_refused_without_a_redirect():
    """A redirect would throw away what the person has typed."""
    response = decide(labelled(SIGNED_IN), method="post")
    assert response.status_code == 403
    assert b"sign_in_first" in response.content


def test_every_rule_must_allow():
    never = Rule("never", lambda request: Verdict.NOT_FOUND)
    assert decide(labelled(PUBLIC, never)).status_code == 404
    assert decide(labelled(never, PUBLIC)).status_code == 404


def test_staff_rule_may_ask_for_the_password_again():
    stale = Rule("stale", lambda request: Verdict.CONFIRM_IDENTITY)
    response = decide(labelled(stale), path="/studio/people/")
    assert response["Location"].startswith("/confirm-identity/?next=")
