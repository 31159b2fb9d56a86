"""The desks of the question bank: the bank, one question, its editor, the review, the topics."""
