"""The desks of audiences in the studio: saved ones, the builder, lists of staff numbers."""
