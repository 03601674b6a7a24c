"""Sample returns in other forms: a PDF, a scan of it, a Word report with a certificate's picture. All fictional.

Run: ``python -m tests.bench.sample_files`` writes ``samples/files`` anew; needs Pillow, pypdfium2 and a Chinese
font (its path may be given). The same font and libraries give the same bytes.
"""

from __future__ import annotations

import io
import sys
from typing import Any

from questionnaire.answers import Return
from questionnaire.editions import newest
from questionnaire.reading import read_return
from tests.bench.returns import SAMPLES
from tests.files.package import zipped
from tests.files.pdf import HEIGHT, WIDTH, Sheet, Writer, pdf
from tests.files.printed import printed
from tests.files.report import numbered

FOLDER = SAMPLES / "files"
FONT = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"
SCANNED = 2  # pages of the scan
DOTS = 110  # an inch
CERTIFICATE = (
    "证书编号：00124E30518R2M",
    "兹证明：白杨铸造（示例）有限公司",
    "符合标准：GB/T 24001-2016 / ISO 14001:2015",
    "初次发证日期：2018年06月12日",
    "有效期至：2024年05月31日",
)
DRAWING = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="5400000" cy="3720000"/><wp:docPr id="1" name="证书"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:nvPicPr><pic:cNvPr id="1" name="证书"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="rId9"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5400000" cy="3720000"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)


def certificate(font: str) -> Any:
    """The picture of a certificate."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", (900, 620), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((15, 15, 885, 605), outline="navy", width=4)
    draw.text((250, 50), "环境管理体系认证证书", font=ImageFont.truetype(font, 40), fill="black")
    for at, line in enumerate(CERTIFICATE):
        draw.text((80, 150 + 80 * at), line, font=ImageFont.truetype(font, 28), fill="black")
    return picture


def with_picture(source: Return, picture: bytes) -> bytes:
    """A Word report whose last answer ends with a picture."""
    from questionnaire.editions import newest

    parts = numbered(source, newest(), styles=True)
    body = str(parts["word/document.xml"]).replace("</w:body>", f"{DRAWING}</w:body>")
    links = str(parts["word/_rels/document.xml.rels"])
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    link = f'<Relationship Id="rId9" Type="{kind}" Target="media/image1.png"/></Relationships>'
    types = str(parts["[Content_Types].xml"]).replace(
        '<Default Extension="xml"',
        '<Default Extension="png" ContentType="image/png"/><Default Extension="xml"',
    )
    return zipped(parts | {
        "[Content_Types].xml": types, "word/document.xml": body,
        "word/_rels/document.xml.rels": links.replace("</Relationships>", link), "word/media/image1.png": picture,
    })  # fmt: skip


def scan(pages: Writer, font: str) -> bytes:
    """The first pages of a report as grey pictures, words drawn at their places."""
    from PIL import Image, ImageDraw, ImageFont

    from questionnaire.reading.files.pdf import read_pages

    scale = DOTS / 72
    pictures = {}
    for page in read_pages(pages.bytes(), "")[:SCANNED]:
        picture = Image.new("L", (round(WIDTH * scale), round(HEIGHT * scale)), 250)
        draw = ImageDraw.Draw(picture)
        for glyph in page.glyphs:
            face = ImageFont.truetype(
                font, round((glyph.right - glyph.left if ord(glyph.text) > 127 else 11) * scale)
            )
            draw.text((glyph.left * scale, (HEIGHT - glyph.top) * scale), glyph.text, font=face, fill=20)
        pictures[f"P{page.number}"] = encoded(
            picture.rotate(0.4, fillcolor=250).convert("RGB"), "JPEG", quality=60
        )
    sheets = []
    for name in pictures:
        sheet = Sheet()
        sheet.picture(name, 0, 0, WIDTH, HEIGHT)
        sheets.append(sheet)
    return pdf(sheets, pictures)


def encoded(picture: Any, form: str, **options: Any) -> bytes:
    """A picture's bytes."""
    stream = io.BytesIO()
    picture.save(stream, form, **options)
    return stream.getvalue()


def main(font: str = FONT) -> None:
    """Writes the folder."""
    FOLDER.mkdir(exist_ok=True)
    source = read_return(SAMPLES / "poor.txt", newest())
    report = printed(source, newest(), header="白杨铸造（示例）有限公司 2024 年度 ESG 报告", indent=2)
    (FOLDER / "printed.pdf").write_bytes(report.bytes())
    (FOLDER / "scanned.pdf").write_bytes(scan(report, font))
    picture = encoded(certificate(font), "PNG", optimize=True)
    (FOLDER / "certificate.docx").write_bytes(with_picture(source, picture))


if __name__ == "__main__":
    main(*sys.argv[1:2])
