"""A refusal reaches the reader as a page, a fragment or JSON: same code, same status, same sentence."""

import pytest
from django.http import Http404
from django.test import RequestFactory

from fenjin.kit.errors import NotFound, Refusal, RefusalMiddleware


class SoldOut(Refusal):
    code = "sold_out"
    status = 409
    sentence = "The last one has just gone."


def respond(error, **headers):
    request = RequestFactory().get("/x/", headers=headers)
    request.htmx = "HX-Request" in headers
    return RefusalMiddleware(lambda _: None).process_exception(request, error)


def test_json_for_machines():
    response = respond(SoldOut(), Accept="application/json")
    assert response.status_code == 409
    assert b'"code": "sold_out"' in response.content
    assert b"The last one has just gone." in response.content


def test_sentence_can_be_made_for_the_case():
    assert str(SoldOut("Only 2 are left.")) == "Only 2 are left."


def test_absent_and_forbidden_answer_alike():
    absent = respond(Http404("no such row"), Accept="application/json")
    forbidden = respond(NotFound(), Accept="application/json")
    assert (absent.status_code, absent.content) == (forbidden.status_code, forbidden.content) == (404, absent.content)


@pytest.mark.parametrize("error", [ValueError("bug"), KeyError("bug")])
def test_a_bug_is_not_dressed_up_as_a_refusal(error):
    assert respond(error) is None
