"""What readers get to see of an article: its words and parts, what stands around it, two versions side by side."""
