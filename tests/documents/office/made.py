"""Documents that reach out, written by hand: every way in which an office program may be asked to fetch or to run."""

from __future__ import annotations

import zipfile
from io import BytesIO

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_DECLARED = " ".join(
    f'xmlns:{name}="{_ODF}:{uri}:1.0"'
    for name, uri in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing", "script": "script", "style": "style",
        "svg": "svg-compatible", "manifest": "manifest",
    }.items()
)  # fmt: skip
_DECLARED += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dom="http://www.w3.org/2001/xml-events"'
_FRAME = '<text:p><draw:frame svg:width="5cm" svg:height="5cm">%s</draw:frame></text:p>'
_EMBED = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
MACRO_NAME = "vnd.sun.star.script:Standard.Module1.Main?language=Basic&amp;location=document"


def odt(inner: str, head: str = "", members: dict[str, str] | None = None) -> bytes:
    """An OpenDocument text."""
    media = "application/vnd.oasis.opendocument.text"
    members = {
        "content.xml": f'<?xml version="1.0"?><office:document-content {_DECLARED} office:version="1.2">'
        f"{head}<office:body><office:text><text:p>正文</text:p>{inner}<text:p>完</text:p></office:text></office:body>"
        "</office:document-content>",
        **(members or {}),
    }
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>' for name in members
    )
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        target.writestr("mimetype", media)
        for name, data in members.items():
            target.writestr(name, data)
        target.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest {_DECLARED} manifest:version="1.2">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/>{entries}</manifest:manifest>',
        )
    return made.getvalue()


def linked_picture(url: str) -> bytes:
    return odt(_FRAME % f'<draw:image xlink:href="{url}/picture.png" {_EMBED}/>')


def linked_object(url: str) -> bytes:
    return odt(_FRAME % f'<draw:object xlink:href="{url}/object.odt" {_EMBED}/>')


def linked_section(url: str) -> bytes:
    source = f'<text:section-source xlink:type="simple" xlink:href="{url}/section.odt" xlink:show="embed"/>'
    return odt(f'<text:section text:name="s">{source}<text:p>旧</text:p></text:section>')


def floating_frame(url: str) -> bytes:
    return odt(_FRAME % f'<draw:floating-frame xlink:href="{url}/frame.html" {_EMBED}/>')


def dde(url: str) -> bytes:
    """Asks a program, by the name of the server, for its data."""
    source = f'<office:dde-source office:dde-application="soffice" office:dde-topic="{url}/dde" office:dde-item="a"/>'
    return odt(f'<text:section text:name="d">{source}<text:p>旧</text:p></text:section>')


def word_2003(rows: list[list[str]]) -> bytes:
    """A table in the XML of Word 2003."""
    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in row) + "</w:tr>"
        for row in rows
    )
    grid = "<w:tblPr/><w:tblGrid>" + '<w:gridCol w:w="2000"/>' * len(rows[0]) + "</w:tblGrid>"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?>'
        '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>'
        f"<w:tbl>{grid}{cells}</w:tbl><w:p/></w:body></w:wordDocument>"
    ).encode()


def rtf_picture(url: str) -> bytes:
    return rtf(rf'{{\field{{\*\fldinst INCLUDEPICTURE "{url}/field.png" \\d}}{{\fldrslt }}}}')


def rtf_text(url: str) -> bytes:
    return rtf(rf'{{\field{{\*\fldinst INCLUDETEXT "{url}/field.docx"}}{{\fldrslt old}}}}')


def rtf_template(url: str) -> bytes:
    return rtf(rf"{{\*\template {url}/template.dotm}}")


def rtf(inner: str) -> bytes:
    return rf"{{\rtf1\ansi body {inner} end\par}}".encode("ascii")


def macro(path: str) -> bytes:
    """Runs when it is opened: writes a file, by LibreOffice's own means and by a program."""
    code = f'Sub Main\nOpen "{path}" For Output As #1\nPrint #1, "ran"\nClose #1\nShell("touch {path}")\nEnd Sub'
    library = "<?xml version='1.0' encoding='UTF-8'?><script:module xmlns:script='http://openoffice.org/2000/script' "
    library += f"script:name='Module1' script:language='StarBasic'>{code.replace('&', '&amp;')}</script:module>"
    listing = (
        "<?xml version='1.0' encoding='UTF-8'?><library:libraries xmlns:library='http://openoffice.org/2000/library' "
    )
    listing += (
        "xmlns:xlink='http://www.w3.org/1999/xlink'><library:library library:name='Standard' library:link='false'/>"
    )
    standard = (
        "<?xml version='1.0' encoding='UTF-8'?><library:library xmlns:library='http://openoffice.org/2000/library' "
    )
    standard += "library:name='Standard' library:readonly='false' library:passwordprotected='false'>"
    listeners = "".join(
        f'<script:event-listener script:language="ooo:script" script:event-name="{event}" xlink:href="{MACRO_NAME}"/>'
        for event in ("dom:load", "office:load-finished", "office:view-created", "office:document-close")
    )
    return odt(
        "",
        f"<office:scripts><office:event-listeners>{listeners}</office:event-listeners></office:scripts>",
        {
            "Basic/script-lc.xml": f"{listing}</library:libraries>",
            "Basic/Standard/script-lb.xml": f"{standard}<library:element library:name='Module1'/></library:library>",
            "Basic/Standard/Module1.xml": library,
        },
    )
