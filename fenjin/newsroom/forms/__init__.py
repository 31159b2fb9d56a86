"""What editors type; forms check and never write."""
