"""The connectors: one file for each platform."""
