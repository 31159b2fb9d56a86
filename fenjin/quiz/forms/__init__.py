"""What is typed about questions. Forms check; they never write."""
