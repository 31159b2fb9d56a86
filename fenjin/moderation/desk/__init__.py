"""The moderators' desks: the queue, one case, words, and the rule."""
