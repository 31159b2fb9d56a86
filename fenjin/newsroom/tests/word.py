"""Word documents made for tests: parts of word/document.xml, and the archive around them."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

NAMES = 'xmlns:w="urn:w" xmlns:r="urn:r" xmlns:a="urn:a" xmlns:wp="urn:wp" xmlns:mc="urn:mc" xmlns:v="urn:v" xmlns:wps="urn:s"'


def paragraph(*inside: str, style: str = "", properties: str = "") -> str:
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{''.join(inside)}</w:p>"


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def drawn(relation: str, alt: str = "") -> str:
    return f'<w:r><w:drawing><wp:docPr descr="{alt}"/><a:blip r:embed="{relation}"/></w:drawing></w:r>'


STYLES = "".join(
    f'<w:style w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
    for key, name in {"T": "Title", "1": "heading 1", "C": "caption", "Q": "Quote", "D": "toc 1"}.items()
)
LISTS = (
    '<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="6"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="6"/></w:num>'
)


def docx(*blocks: str, head: str = "", name: str = "冬季安全.docx", **media: bytes) -> SimpleUploadedFile:
    links = "".join(f'<Relationship Id="{key}" Target="media/{key}"/>' for key in media)
    links += '<Relationship Id="web" TargetMode="External" Target="https://rules.example/fire"/>'
    links += '<Relationship Id="bad" TargetMode="External" Target="javascript:alert(1)"/>'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"{head}<w:document {NAMES}><w:body>{''.join(blocks)}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {NAMES}>{STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMES}>{LISTS}</w:numbering>",
        "word/_rels/document.xml.rels": f"<Relationships>{links}</Relationships>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
        for key, content in media.items():
            archive.writestr(f"word/media/{key}", content)
    return SimpleUploadedFile(name, made.getvalue())
