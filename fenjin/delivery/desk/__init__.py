"""The desks of delivery in the studio: send a message, and see how far it got."""
