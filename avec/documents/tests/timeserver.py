"""A time stamping authority of our own, answering on this machine. Its key is made for the tests."""

import contextlib
import threading
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from avec.documents.certificate import common_name, dated, usage

NAME = "Horloge des Saules"


@cache
def clock(name=NAME):
    """(key, leaf, authority) of an authority that says the time."""
    root_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    root_name = common_name(f"{name}, autorité")
    root = (
        dated(root_name, root_name, root_key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage(key_cert_sign=True, crl_sign=True), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    leaf = (
        dated(common_name(name), root_name, key)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage(digital_signature=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False
        )
        .sign(root_key, hashes.SHA256())
    )
    return key, leaf, root


def stamper(name=NAME, with_root=True, **more):
    key, leaf, root = clock(name)
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        asn1_x509.Certificate.load(leaf.public_bytes(Encoding.DER)),
        keys.PrivateKeyInfo.load(der),
        certs_to_embed=[asn1_x509.Certificate.load(root.public_bytes(Encoding.DER))] if with_root else [],
        **more,
    )


def authority_pem(name=NAME):
    return clock(name)[2].public_bytes(Encoding.PEM)


def stamping(question, **more):
    return stamper(**more).request_tsa_response(tsp.TimeStampReq.load(question)).dump()


@contextlib.contextmanager
def answering(answer=stamping, status=200):
    """The address of a server that answers each question so; `asked` keeps what it was told."""
    told = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            question = self.rfile.read(int(self.headers["Content-Length"]))
            told.append((dict(self.headers), question))
            content = answer(question)
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(content)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/", told
    finally:
        server.shutdown()
        server.server_close()
