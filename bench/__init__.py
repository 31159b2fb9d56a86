"""What `fenjin bench NAME` runs. Each bench is a module with `run() -> dict[str, float]`: its figures."""
