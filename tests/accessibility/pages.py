"""Every phone page that an employee can open, found by asking each address of the platform.

A new address is walked from the day it is added: its sample in SAMPLE_URLS says where it is. What an employee
cannot open by a plain GET stands in ELSEWHERE with the reason.
"""

from typing import Any

from django.test import Client

from fenjin.people.testing import sign_in
from tests.accessibility.furnished import Furnished
from tests.house.addresses import Address, all_addresses, build, ours, samples

ELSEWHERE = {
    "people:sign_in": "leads home whoever has signed in; looked at from outside",
    "people:claim": "the same",
    "people:claim_refuse": "the answer to a form",
    "people:outside_begin": "leads to another system; the demo has none",
    "people:outside_password": "the same",
    "people:outside_back": "the same",
    "people:outside_posted": "the same",
    "people:outside_metadata": "the same",
    "people:outside_confirm": "the same",
    "people:outside_link": "the same",
    "people:outside_leave": "the same",
    "people:account_taken": "for those who cannot sign in; looked at from outside",
    "people:password_lost": "the same",
    "people:password_reset": "the same",
    "people:first_password": "for whoever holds a password that somebody else has seen",
    "people:second_factor": "for staff",
    "people:recovery_codes": "for staff, shown once",
    "people:office_accept": "for whoever an office waits for",
    "people:stay": "for staff",
    "people:kept": "for staff whose form was kept",
    "people:privacy_changes": "the first version of the notice changed nothing",
    "shell:my_export": "a file, behind the password",
    "shell:my_erasure_back": "an act",
    "shell:style_page": "for staff; every sample has its own test",
    "shell:style_sample": "the same",
    "shell:skin": "colours",
    "shell:favicon": "a picture",
    "media:picture": "a picture",
    "media:cut": "a picture",
}
# What the samples cannot know: the rows that were made for this employee.
OWN = {
    "newsroom:review": lambda company: {"uid": company.step.uid},
    "newsroom:name": lambda company: {"uid": company.name.uid},
    "newsroom:comment_report": lambda company: {"pk": company.article.pk, "comment_id": company.comment.comment_id},
    "newsroom:comment_take_back": lambda company: {"pk": company.article.pk, "comment_id": company.comment.comment_id},
    "moderation:own_case": lambda company: {"case_id": company.case},
    "shell:complaint_receipt": lambda company: {"complaint_id": company.complaint.pk},
}
QUERIES = (
    *(
        "/inbox/?before=1-1",
        "/search/?q=安全",
        "/search/?q=量子纠缠",
        "/search/?q=王海凝",
        "/search/?q=安全&kind=article",
    ),
    *("/news/answers/?q=量子", "/nowhere/"),
)


def phone_addresses() -> list[Address]:
    """Return every address of ours that is no desk."""
    return [address for address in ours(all_addresses()) if not address.path.startswith("/studio/")]


def outside() -> list[str]:
    """Return the paths of the pages that nobody needs to sign in for."""
    client = Client()
    return [*(one.path for one in phone_addresses() if _is_page(client.get(one.path))), "/nowhere/"]


def inside(company: Furnished) -> list[str]:
    """Return the paths of every page of the employee; raises LookupError for one that cannot be opened unexplained."""
    client = Client()
    sign_in(client, company.account)
    known, pages, lost = {**samples(), **OWN}, [], []
    for address in phone_addresses():
        if address.name in ELSEWHERE:
            continue
        path = build(address, company, known)
        answer = client.get(path)
        if _is_page(answer):
            pages.append(path)
        elif answer.status_code in (302, 404):
            lost.append(f"{address.name} ({path}) answers {answer.status_code}")
    if lost:
        raise LookupError(f"Give these a sample that an employee can open, or a line in ELSEWHERE: {lost}")
    other = (company.to_confirm, company.confirmed)
    return [*pages, *(f"/messages/{message.pk}/" for message in other), f"/news/?column={company.column.pk}", *QUERIES]


def _is_page(answer: Any) -> bool:
    return answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
