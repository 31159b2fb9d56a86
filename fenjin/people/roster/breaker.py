"""The breaker: a file that would send away too many people at once is stopped.

It counts leavers only, after units have been recognised: of all the people the file speaks for, and
of each company.
"""

from typing import Any

from django.utils.translation import gettext as _

from fenjin.people.services.positions import rows

OF_RANGE = 0.02  # more than this share of the people in the file's range
OF_COMPANY = 0.20  # more than this share of one company …
COMPANY_LEAST = 5  # … and at least so many
SHOWN = 200


def judge() -> dict[str, Any]:
    """Return the reason's code or None, its sentence, and the numbers it was judged by."""
    [(people,)] = rows(
        """SELECT count(*) FROM people_post WHERE main AND ended_on IS NULL
           AND unit_id IN (SELECT unit_id FROM roster_inside)"""
    )
    [(leaves,)] = rows("SELECT count(*) FROM roster_act WHERE action = 'leave'")
    companies = _companies()
    told: dict[str, Any] = {"people": people, "leaves": leaves, "companies": companies[:SHOWN]}
    refused = None
    if leaves > OF_RANGE * people:
        refused = "too_many_leavers"
    elif _shrinking(companies):
        refused = "company_shrinks"
    return told | {"refused": refused, "sentence": _sentence(refused, told | {"companies": companies})}


def sentence_of(preview: dict[str, Any]) -> str:
    """Return why a dry run was stopped, in the language of who reads it now; for any other what was noted of it."""
    return _sentence(preview.get("refused"), preview.get("breaker") or {}) or str(preview.get("sentence") or "")


def _sentence(refused: str | None, told: dict[str, Any]) -> str:
    if refused == "too_many_leavers" and told:
        return _too_many(told["leaves"], told["people"])
    if refused == "company_shrinks" and (shrinking := _shrinking(told.get("companies", []))):
        return _shrinks(shrinking[0])
    return ""


def _shrinking(companies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the companies that would lose more than they may, in their order."""
    large = [one for one in companies if one["leaves"] >= COMPANY_LEAST]
    return [one for one in large if one["leaves"] > OF_COMPANY * one["people"]]


def _companies() -> list[dict[str, Any]]:
    """Return the companies that lose people, the most shrinking first; units right below the top are companies."""
    found = rows(
        """WITH leaving AS (
               SELECT u.path[2] AS company, count(*) AS leaves FROM roster_act a
               JOIN people_unit u ON u.id = a.from_unit WHERE a.action = 'leave' GROUP BY 1
           )
           SELECT c.id, c.name, l.leaves, (
               SELECT count(*) FROM people_post p WHERE p.main AND p.ended_on IS NULL AND p.pos BETWEEN c.lft AND c.rgt
           ) FROM leaving l JOIN people_unit c ON c.id = l.company"""
    )
    listed = [
        {"unit_id": unit, "name": name, "leaves": leaves, "people": people} for unit, name, leaves, people in found
    ]
    return sorted(listed, key=lambda one: (-one["leaves"] / max(one["people"], 1), one["name"]))


def _too_many(leaves: int, people: int) -> str:
    return _(
        "%(leaves)s of %(people)s people would leave, more than 2 %%. Is the file complete? If it is right, the"
        " security administrator can approve this dry run."
    ) % {"leaves": leaves, "people": people}


def _shrinks(company: dict[str, Any]) -> str:
    return (
        _(
            "%(leaves)s of the %(people)s people of %(name)s would leave, more than 20 %%. Is the file complete? If it"
            " is right, the security administrator can approve this dry run."
        )
        % company
    )
