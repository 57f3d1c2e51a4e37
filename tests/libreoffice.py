"""LibreOffice as a person's hand: really opens a file and really saves it."""

import shutil
import subprocess
from pathlib import Path

import pytest

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")

needs_libreoffice = pytest.mark.skipif(
    PROGRAM is None,
    reason="LibreOffice is missing: install it (Debian, Ubuntu: apt-get install libreoffice-calc)",
)
needs_writer = pytest.mark.skipif(
    shutil.which("lowriter") is None,
    reason="LibreOffice Writer is missing: install it (Debian, Ubuntu: libreoffice-writer)",
)


def saved_by_libreoffice(path: Path, folder: Path, form: str = "xlsx") -> Path:
    """The file opened in LibreOffice and saved in `form` (xlsx, ods, docx, txt …) into `folder`.

    Every call has a profile of its own, so that tests of several workers do not meet.
    """
    assert PROGRAM
    folder.mkdir(parents=True, exist_ok=True)
    profile = folder / "profile"
    done = subprocess.run(
        [
            PROGRAM,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            form,
            "--outdir",
            str(folder),
            str(path),
        ],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    saved = folder / f"{path.stem}.{form.partition(':')[0]}"
    assert saved.exists(), done.stdout + done.stderr
    return saved
