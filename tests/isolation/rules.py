"""The rules of the walls in plain Python, so plain that they can be read in one sitting. No line of the platform."""

from dataclasses import dataclass, field

GROUP = 1
WRITES = ("editor", "publisher")
FIGURES = ("editor", "publisher", "campaign_manager", "auditor")
CHOOSES_PICTURES = ("author", "editor", "publisher", "campaign_manager")


@dataclass
class Grant:
    """A role that somebody holds in a space until a day (None: without end), or that has ended."""

    person: int
    space: int
    role: str
    until: int | None
    branch: bool
    ended: bool = False


@dataclass
class Article:
    """A piece of news as far as the walls look at it."""

    space: int
    author: int
    live: bool = False
    only_recipients: bool = False
    shown_once: bool = False  # its cover was before readers
    sent_to: set[int] = field(default_factory=set)


@dataclass
class Message:
    """A message: whose it is, and in which spaces its recipients stood when it was sent."""

    space: int
    reached: set[int]


@dataclass
class Rules:
    """Who works where, who holds what, what there is; and what follows for one person."""

    day: int = 0
    place: dict[int, int] = field(default_factory=dict)  # person → space of the post
    grants: list[Grant] = field(default_factory=list)
    articles: dict[int, Article] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)

    def held(self, person: int) -> list[Grant]:
        """Return the roles in force."""
        return [
            grant
            for grant in self.grants
            if grant.person == person and not grant.ended and (grant.until is None or grant.until > self.day)
        ]

    def holds(self, person: int, space: int, *roles: str) -> bool:
        """Tell whether somebody holds one of these roles for the whole of a space; who writes for a branch is an author."""
        return any(
            grant.space == space and ("author" if grant.branch and grant.role in WRITES else grant.role) in roles
            for grant in self.held(person)
            if not grant.branch or grant.role in ("author", *WRITES)
        )

    def holds_branch(self, person: int, space: int, *roles: str) -> bool:
        """Tell whether somebody holds one of these roles for the branch of a space; all its people are in it."""
        return any(grant.branch and grant.space == space and grant.role in roles for grant in self.held(person))

    def reads(self, person: int, article: int) -> bool:
        """Own space or group, published, and for everybody or sent to this person."""
        found = self.articles[article]
        own = found.space in (GROUP, self.place[person])
        return found.live and own and (not found.only_recipients or person in found.sent_to)

    def edits(self, person: int, article: int) -> bool:
        """An editor or publisher of its space; until it is before readers an author of its space who wrote it.

        Until then also an editor or publisher of the branch in which its author works.
        """
        found = self.articles[article]
        own = found.author == person and not found.live
        near = self.place[found.author] == found.space and not found.live
        if near and self.holds_branch(person, found.space, *WRITES):
            return True
        return self.holds(person, found.space, *WRITES) or (own and self.holds(person, found.space, "author"))

    def withdraws(self, person: int, article: int) -> bool:
        """An editor or publisher of its space."""
        found = self.articles[article]
        return found.live and self.holds(person, found.space, *WRITES)

    def sees_cover(self, person: int, article: int) -> bool:
        """Who chooses pictures for the space, and who reads it or was sent it."""
        found = self.articles[article]
        if self.holds(person, found.space, *CHOOSES_PICTURES):
            return True
        return found.shown_once and (self.reads(person, article) or person in found.sent_to)

    def sees_figures(self, person: int, message: int) -> bool:
        """Staff of its space; of a message of the group also staff of a space that it reached; of a branch it reached."""
        found = self.messages[message]
        spaces = {grant.space for grant in self.held(person) if grant.role in FIGURES and not grant.branch}
        branches = {grant.space for grant in self.held(person) if grant.role in FIGURES and grant.branch}
        if branches & found.reached & (found.reached if found.space == GROUP else {found.space}):
            return True
        return bool(spaces & ({found.space} | (found.reached if found.space == GROUP else set())))

    def sends(self, person: int, article: int, to: int) -> bool:
        """A published article, by who writes in its space; from the group to everybody, else to the own space.

        With a role for a branch: what everybody reads, to the branch.
        """
        found = self.articles[article]
        if found.space == to and not found.only_recipients and self.holds_branch(person, to, *WRITES) and found.live:
            return True
        reach = found.space == GROUP or found.space == to
        return found.live and reach and self.holds(person, found.space, *WRITES)

    def gives(self, giver: int | None, grant: Grant) -> bool:
        """Security (None) everything; others what they hold there, as far and as long, to people they deal with."""
        twice = any(
            (other.space, other.role, other.branch) == (grant.space, grant.role, grant.branch)
            for other in self.held(grant.person)
        )
        if grant.branch and grant.role == "moderator":
            return False
        if giver is None or twice:
            return not twice
        mine = self.held(giver)
        people = {held.space for held in mine if held.role != "author"}
        everybody = any(held.space == GROUP and held.role != "author" and not held.branch for held in mine)
        if not everybody and self.place[grant.person] not in people:
            return False
        return any(
            held.space == grant.space
            and (held.role == grant.role or (held.role, grant.role) == ("editor", "author"))
            and (not held.branch or grant.branch)
            and (held.until is None or (grant.until is not None and grant.until <= held.until))
            for held in mine
        )
