"""The administrators' desks over people: list and page of a person, offices, roster import."""
