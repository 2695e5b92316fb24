"""What becomes of a file before it is kept: told by its content, and encoded anew where that takes out
what its teller cannot see (place, camera, owner)."""

from dataclasses import dataclass
from io import BytesIO
from itertools import chain

import av
import filetype
from av.error import FFmpegError
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps
from pillow_heif import register_heif_opener

register_heif_opener()

PHOTOS = ["JPEG", "PNG", "GIF", "WEBP", "HEIF", "TIFF", "BMP"]
# The longest side, in pixels: sharp on a screen and on a printed page.
LONGEST_SIDE = 2560
MOST_PIXELS = 60_000_000
# What a recording can come in; browsers record into the same boxes as films. Read as what it is, and as
# nothing else: a reader that may guess also reads lists of addresses, and goes there.
SOUNDS = {
    "audio/aac": "aac",
    "audio/aiff": "aiff",
    "audio/amr": "amr",
    "audio/flac": "flac",
    "audio/mp4": "mp4",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "video/3gpp": "mp4",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
}
MOST_MINUTES = 30
# Speech needs no more, and every browser plays it.
RATE, BITS = 24_000, 48_000
UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, MemoryError, Image.DecompressionBombError)


@dataclass(frozen=True)
class Prepared:
    content: bytes
    content_type: str
    suffix: str


def prepared(content):
    """`content` (bytes) as it is kept. Raises ValidationError with a sentence for its teller."""
    kind = filetype.guess(content)
    mime = kind.mime if kind else ""
    if mime == "application/pdf":
        return Prepared(content, mime, ".pdf")
    if mime.startswith("image/"):
        return photo(content)
    if form := SOUNDS.get(mime.replace("/x-", "/")):
        return recording(content, form)
    raise ValidationError(_("it is neither a photo, nor a PDF, nor a recording."))


def photo(content):
    """Drawn anew, upright: nothing of the file but the picture itself is kept."""
    try:
        with Image.open(BytesIO(content), formats=PHOTOS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ValidationError(_("the picture has too many pixels."))
            # A JPEG is read no larger than it is kept.
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            drawn = ImageOps.exif_transpose(image)
            is_drawing = image.format in {"PNG", "GIF"} or drawn.has_transparency_data
            mode = "RGBA" if drawn.has_transparency_data else "RGB"
            drawn = in_common_colours(drawn).convert(mode)
    except UNREADABLE as error:
        raise ValidationError(_("the picture could not be read.")) from error
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # Not the file's notes, which Pillow hands on.
    drawn.info = {}
    stored = BytesIO()
    if is_drawing:
        drawn.save(stored, "PNG")
        return Prepared(stored.getvalue(), "image/png", ".png")
    drawn.save(stored, "JPEG", quality=85, progressive=True)
    return Prepared(stored.getvalue(), "image/jpeg", ".jpg")


def in_common_colours(image):
    """Its colour profile goes with the file's notes, so the colours are put into the usual one."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK"}:
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        return ImageCms.profileToProfile(
            image, BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode=mode
        )
    except ImageCms.PyCMSError:
        return image


def recording(content, form):
    """The sound alone, as one voice."""
    stored = BytesIO()
    try:
        with (
            av.open(BytesIO(content), format=form) as source,
            av.open(stored, "w", format="mp4") as target,
        ):
            if any(not is_cover(stream) for stream in source.streams.video):
                raise ValidationError(_("films are not taken, only photos, PDFs and recordings."))
            if not source.streams.audio:
                raise ValidationError(_("there is no sound in it."))
            encode(source, target)
    except FFmpegError as error:
        raise ValidationError(_("the recording could not be read.")) from error
    return Prepared(stored.getvalue(), "audio/mp4", ".m4a")


def is_cover(stream):
    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def encode(source, target):
    voice = target.add_stream("aac", rate=RATE, layout="mono", bit_rate=BITS)
    resampler = av.AudioResampler(
        format=voice.format, layout="mono", rate=RATE, frame_size=voice.codec_context.frame_size
    )
    most = MOST_MINUTES * 60 * RATE
    heard = 0
    # None: what is left in the resampler.
    for frame in chain(source.decode(audio=0), [None]):
        for part in resampler.resample(frame):
            heard += part.samples
            if heard > most:
                raise ValidationError(
                    _("it is longer than %(most)d minutes.") % {"most": MOST_MINUTES}
                )
            target.mux(voice.encode(part))
    target.mux(voice.encode(None))
