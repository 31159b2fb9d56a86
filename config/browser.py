"""The browser and the Chinese font that browser tests need: found, or installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from fenjin.kit.runtime.problem import Problem

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def system_browser() -> str | None:
    """Return the path of a Chromium that came with the system, or None."""
    return next((path for path in map(shutil.which, _NAMES) if path), None)


def own_browser() -> str | None:
    """Return the path of the browser that Playwright brought, or None."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def has_chinese_font() -> bool:
    """Return whether any installed font can write Chinese."""
    listing = shutil.which("fc-list")
    if listing is None:
        return False
    fonts = subprocess.run([listing, ":lang=zh-cn", "family"], capture_output=True, text=True)
    return bool(fonts.stdout.strip())


def ensure() -> None:
    """Return when browser and font are there, installing what is missing; raises Problem when that fails."""
    if system_browser() is None and own_browser() is None:
        _install_browser()
    if not has_chinese_font():
        _install_font()


def _install_browser() -> None:
    if _apt("chromium") and system_browser():
        return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium-headless-shell", "chromium"])
    if own_browser() is None:
        raise Problem(
            "The browser tests need Chromium, which is not installed and could not be downloaded.",
            "Install it, for example: sudo apt-get install chromium fonts-noto-cjk",
        )


def _install_font() -> None:
    _apt("fonts-noto-cjk", "fontconfig")
    if not has_chinese_font():
        raise Problem(
            "The browser tests need a Chinese font, and there is none.",
            "Install one, for example: sudo apt-get install fontconfig fonts-noto-cjk",
        )


def _apt(*packages: str) -> bool:
    """Install Debian packages when we are root on such a machine; return whether that went well."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    commands = (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages])
    return all(
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL).returncode == 0 for command in commands
    )
