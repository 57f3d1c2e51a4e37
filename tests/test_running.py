"""What docs/running.md gives a server to read is accepted by it, and lets the dashboard through."""

import contextlib
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest

from rapporteur.settings import ROOT
from tests.browser.conftest import serving

PAGE = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
NAME = "pranesejas.example.lt"
# Where an administrator's programs lie, which are not on everybody's path.
_PATH = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin"
NGINX = shutil.which("nginx", path=_PATH)
SYSTEMD_ANALYZE = shutil.which("systemd-analyze", path=_PATH)
OPENSSL = shutil.which("openssl", path=_PATH)
needs_nginx = pytest.mark.skipif(
    not (NGINX and OPENSSL), reason="nginx or openssl is missing (Debian, Ubuntu: nginx openssl)"
)


def told(file: str) -> str:
    """The content that the page gives a file."""
    [content] = re.findall(rf"^`{re.escape(file)}`:\n\n```\w+\n(.*?)^```$", PAGE, re.M | re.S)
    return str(content)


def in_place_of_the_upstream() -> str:
    [several] = re.findall(r"^```nginx\n(map \$cookie_route .*?)^```$", PAGE, re.M | re.S)
    return str(several)


@contextlib.contextmanager
def nginx(folder: Path, upstream: int, *, several: bool = False) -> Iterator[int]:
    """nginx with the page's configuration, moved to this folder; gives the port it listens on."""
    assert NGINX
    assert OPENSSL
    ports = []
    for _ in range(2):
        with socket.create_server(("127.0.0.1", 0)) as free:
            ports.append(free.getsockname()[1])
    config = told("/etc/nginx/conf.d/rapporteur.conf")
    if several:
        config = re.sub(
            r"upstream rapporteur \{.*?^\}\n",
            lambda _: in_place_of_the_upstream(),
            config,
            flags=re.M | re.S,
        )
    for old, new in {
        "listen 80;": f"listen 127.0.0.1:{ports[0]};",
        "listen 443 ": f"listen 127.0.0.1:{ports[1]} ",
        "/etc/nginx/rapporteur": str(folder),
        "/var/log/nginx": str(folder),
        "127.0.0.1:8501": f"127.0.0.1:{upstream}",
    }.items():
        assert old in config
        config = config.replace(old, new)
    subprocess.run(
        [
            *(OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
            *("-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"),
            *("-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")),
        ],
        check=True,
        capture_output=True,
    )
    (folder / "readers").write_text("analyst:{PLAIN}word\n", encoding="utf-8")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = folder / "nginx.conf"
    whole.write_text(
        # Begun by root, its workers would run under an account that may not read here.
        f"{'user root;' if os.geteuid() == 0 else ''}\n"
        f"daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{\n{temporary}{config}}}\n",
        encoding="utf-8",
    )
    begin = [NGINX, "-p", str(folder), "-c", str(whole), "-e", str(folder / "error.log")]
    checked = subprocess.run([*begin, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr
    process = subprocess.Popen(begin)
    try:
        for _ in range(100):
            with contextlib.suppress(ConnectionError):
                socket.create_connection(("127.0.0.1", ports[1]), timeout=5).close()
                break
            time.sleep(0.05)
        yield ports[1]
    finally:
        process.terminate()
        process.wait()


@dataclass(frozen=True)
class Answer:
    """What nginx answered."""

    status: int
    headers: Message
    body: str


def asked(port: int, path: str, **headers: str) -> Answer:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=30)
    with contextlib.closing(connection):
        connection.request("GET", path, headers={"Host": NAME, **headers})
        with connection.getresponse() as answer:
            is_open = answer.status == http.HTTPStatus.SWITCHING_PROTOCOLS
            body = b"" if is_open else answer.read()
            return Answer(answer.status, answer.headers, body.decode(errors="replace"))


@needs_nginx
def test_nginx_lets_in_who_may_and_keeps_what_it_says(
    tmp_path: Path, shipped_database: Path
) -> None:
    analyst = {"Authorization": "Basic YW5hbHlzdDp3b3Jk"}
    origin = {"Origin": f"https://{NAME}"}
    options = (f"--browser.serverAddress={NAME}", f"--server.allowedHosts={NAME}", LOCAL)
    with (
        serving(shipped_database, *options) as url,
        nginx(tmp_path, int(url.rpartition(":")[2])) as port,
    ):
        assert asked(port, "/").status == 401
        page = asked(port, "/?text=vardas", **analyst)
        assert page.status == 200
        for header in ("Strict-Transport-Security", "Content-Security-Policy", "X-Frame-Options"):
            assert page.headers[header], header
        [script] = re.findall(r'src="\./(static/js/index\.[^"]+\.js)"', page.body)
        packed = asked(port, f"/{script}", **analyst, **{"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert asked(port, "/_stcore/metrics", **analyst).status == 404
        assert asked(port, STREAM, **analyst, **_OPENING, **origin).status == 101
        foreign = {"Origin": "https://elsewhere.example"}
        assert asked(port, STREAM, **analyst, **_OPENING, **foreign).status == 403

    log = (tmp_path / "rapporteur.log").read_text(encoding="utf-8")
    assert "GET / 200" in log
    assert "vardas" not in log
    assert "127.0.0.1" not in log


# So that the machine itself may ask whether it is well.
LOCAL = "--server.allowedHosts=127.0.0.1"
STREAM, UPLOAD = "/_stcore/stream", "/_stcore/upload_file/session/file"
EVERYTHING = (
    "/",
    "/data?lang=en",
    "/_stcore/health",
    "/_stcore/host-config",
    "/social.png",
    "/media/x",
)
_OPENING = {
    **{"Connection": "Upgrade", "Upgrade": "websocket"},
    **{"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="},
}


def answered(url: str, path: str, method: str = "GET", **headers: str) -> int:
    """The status that the dashboard itself answers with."""
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=30)
    with contextlib.closing(connection):
        connection.request(method, path, headers=headers)
        return connection.getresponse().status


def test_the_dashboard_is_reached_by_its_own_names_alone(shipped_database: Path) -> None:
    with serving(shipped_database) as url:
        port = url.rpartition(":")[2]
        for name in ("localhost", "127.0.0.1", "[::1]", "LOCALHOST."):
            for host in (name, f"{name}:{port}", f"{name}:9"):  # a proxy or a tunnel has its own
                assert answered(url, "/", Host=host) == 200, host
                assert answered(url, STREAM, Host=host, **_OPENING) == 101, host
        for host in (
            f"rebound.example:{port}",
            "127.0.0.1.example",
            "localhost.example",
            "[::2]",
            "@",
        ):
            refused = {path: answered(url, path, Host=host) for path in EVERYTHING}
            assert refused == dict.fromkeys(EVERYTHING, 403), host
            assert answered(url, UPLOAD, "PUT", Host=host) == 403
            assert answered(url, STREAM, Host=host, **_OPENING) == 403, host
        # No page of another site drives it, of a page in a sandbox there is no telling whose it is.
        assert answered(url, STREAM, **_OPENING, Origin=url) == 101
        for origin in ("https://elsewhere.example", "null", "http://", "http://[", ""):
            for path, asked_with in ((STREAM, _OPENING), (UPLOAD, {}), ("/", {})):
                assert answered(url, path, **asked_with, Origin=origin) == 403, (path, origin)


def test_a_ministry_names_itself(shipped_database: Path) -> None:
    with serving(shipped_database, f"--server.allowedHosts={NAME}", LOCAL) as url:
        assert answered(url, "/", Host=NAME) == 200
        assert answered(url, STREAM, Host=NAME, Origin=f"https://{NAME}", **_OPENING) == 101
        assert answered(url, "/", Host="elsewhere.example") == 403
        assert answered(url, "/_stcore/health") == 200


@needs_nginx
def test_several_processes_are_told_apart_by_a_cookie(tmp_path: Path) -> None:
    with nginx(tmp_path, 9, several=True):
        pass  # that it begins with the other upstream is what is tested


@pytest.mark.skipif(SYSTEMD_ANALYZE is None, reason="systemd-analyze is missing")
def test_the_unit_is_one(tmp_path: Path) -> None:
    unit = told("/etc/systemd/system/rapporteur.service")
    command = re.search(r"^ExecStart=(\S+)", unit, re.MULTILINE)
    assert command
    path = tmp_path / "rapporteur.service"
    path.write_text(unit.replace(command[1], "/bin/true"), encoding="utf-8")

    verified = subprocess.run(
        [str(SYSTEMD_ANALYZE), "verify", str(path)], capture_output=True, text=True, check=False
    )

    assert verified.returncode == 0, verified.stderr
    assert path.name not in verified.stderr
    # What keeps it to this machine whatever the settings of the program say.
    assert "IPAddressDeny=any\nIPAddressAllow=localhost\n" in unit
