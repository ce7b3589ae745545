"""Whether a workbook that cannot be read has a password: calamine says of most only that it knows no such format."""

import io
import re
import zipfile

# The stream in which Office keeps a whole encrypted workbook, as a compound file writes its name.
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
# In the old format the record FILEPASS comes after the first one (BOF), but for one that only protects from changes.
_FILE_PASS = re.compile(rb"\x09\x08\x10\x00.{16}(\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
_MANIFEST = "META-INF/manifest.xml"


def has_password(data: bytes) -> bool:
    if not data.startswith(b"PK"):
        return _PACKAGE in data or bool(_FILE_PASS.search(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            # Of an open document the parts are encrypted one by one; in any other archive they may be, too.
            manifest = archive.read(_MANIFEST) if _MANIFEST in archive.namelist() else b""
            return b":encryption-data" in manifest or any(part.flag_bits & 1 for part in archive.infolist())
    except (zipfile.BadZipFile, RuntimeError, ValueError, NotImplementedError):
        return False
