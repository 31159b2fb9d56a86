"""The administrators' desks over spaces: roles, and sub-platforms; and the studio's start page."""
