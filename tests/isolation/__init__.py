"""The walls between sub-platforms, attacked: docs/walls.md says which wall is tried by which test."""
