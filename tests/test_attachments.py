"""Files of a story: what is taken in, what is taken out of them, who gets them, and that none is lost."""

import io
import math
import re
from array import array
from fractions import Fraction

import av
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from communities.actions import add_guest_teller
from communities.permissions import Audience
from stories import actions
from stories.models import Attachment, Sketch, Story
from stories.private import make_private_address
from stories.purge import purge_story

from .make import make_file, make_published, make_story
from .running import cookie_of, wait_for
from .test_tell import form_of

PDF = b"%PDF-1.4\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF"
NAMES = ["fîlé2.pdf", "f😂le.png", "a b%#?.pdf", "x" * 251 + ".pdf", "no ending"]


def photo(form="JPEG", size=(40, 20), mode="RGB", **kwargs):
    stored = io.BytesIO()
    Image.new(mode, size, "#ff000080" if mode == "RGBA" else "red").save(stored, form, **kwargs)
    return stored.getvalue()


def photo_with_a_place(form="JPEG"):
    """Taken lying on its side (orientation 6), with camera and place."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Secret camera"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (48.0, 12.0, 30.0)
    return photo(form, exif=exif)


def sound(seconds=1.0, form="webm", codec="libopus", rate=48_000, film=False):
    stored = io.BytesIO()
    with av.open(stored, "w", format=form) as target:
        target.metadata["artist"] = "Secret singer"
        voice = target.add_stream(codec, rate=rate, layout="mono")
        picture = target.add_stream("libvpx", rate=10) if film else None
        if picture:
            picture.width = picture.height = 16
            target.mux(picture.encode(av.VideoFrame(16, 16, "yuv420p")))
            target.mux(picture.encode(None))
        for start in range(0, int(seconds * rate), 960):
            wave = array("h", [int(9000 * math.sin((start + n) / 20)) for n in range(960)])
            frame = av.AudioFrame(format="s16", layout="mono", samples=960)
            frame.planes[0].update(wave.tobytes().ljust(frame.planes[0].buffer_size, b"\0"))
            frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
            target.mux(voice.encode(frame))
        target.mux(voice.encode(None))
    return stored.getvalue()


def upload(name="photo.jpg", content=None):
    return SimpleUploadedFile(name, photo() if content is None else content)


def address_of(cast, story=None):
    if story:
        return reverse("stories:revise", args=[cast.community.slug, story.pk])
    return reverse("stories:tell", args=[cast.community.slug])


def attach(client, cast, *files, story=None, **fields):
    sent = form_of(cast.community, "We met.", attach="1", **fields)
    return client.post(address_of(cast, story), sent | {"files": list(files)})


def served(client, file):
    """(content type, how it is shown, content)."""
    community = (file.story or file.sketch).community
    answer = client.get(reverse("stories:attachment", args=[community.slug, file.pk]))
    if answer.status_code != 200:
        return answer.status_code
    return answer["Content-Type"], answer["Content-Disposition"], answer.getvalue()


@pytest.mark.django_db
class TestWhatIsTakenIn:
    # In HEIF the picture itself says which side is up, and the note beside it is not asked.
    @pytest.mark.parametrize(
        ("form", "size"),
        [(form, (20, 40)) for form in ("JPEG", "PNG", "WEBP", "TIFF")] + [("HEIF", (40, 20))],
    )
    def test_a_photo_is_upright_and_says_nothing_of_place_and_camera(
        self, cast, client, form, size
    ):
        client.force_login(cast.member)
        attach(client, cast, upload("IMG_1.x", photo_with_a_place(form)))
        content_type, shown, content = served(client, Attachment.objects.get())
        ours = "png" if form == "PNG" else "jpeg"
        assert content_type == f"image/{ours}"
        assert shown == f'inline; filename="IMG_1.{ours.replace("e", "")}"'
        drawn = Image.open(io.BytesIO(content))
        assert (drawn.size, dict(drawn.getexif()), b"Secret" in content) == (size, {}, False)

    def test_a_large_photo_is_drawn_smaller(self, cast, client):
        client.force_login(cast.member)
        attach(client, cast, upload(content=photo(size=(6000, 3000))))
        *_said, content = served(client, Attachment.objects.get())
        assert Image.open(io.BytesIO(content)).size == (2560, 1280)

    def test_what_is_seen_through_stays_so(self, cast, client):
        client.force_login(cast.member)
        attach(client, cast, upload("sign.webp", photo("WEBP", mode="RGBA")))
        content_type, _shown, content = served(client, Attachment.objects.get())
        assert (content_type, Image.open(io.BytesIO(content)).mode) == ("image/png", "RGBA")

    @pytest.mark.parametrize(
        ("form", "codec", "rate"),
        [
            ("webm", "libopus", 48_000),
            ("mp4", "aac", 44_100),
            ("mp3", "libmp3lame", 44_100),
            ("ogg", "libopus", 48_000),
            ("wav", "pcm_s16le", 16_000),
            ("flac", "flac", 44_100),
        ],
    )
    def test_a_recording_is_encoded_anew(self, cast, client, form, codec, rate):
        client.force_login(cast.member)
        attach(client, cast, upload("voice", sound(2, form, codec, rate)))
        content_type, shown, content = served(client, Attachment.objects.get())
        assert (content_type, shown) == ("audio/mp4", 'inline; filename="voice.m4a"')
        with av.open(io.BytesIO(content)) as heard:
            assert (heard.streams.audio[0].codec.name, len(heard.streams)) == ("aac", 1)
            assert abs(heard.duration / av.time_base - 2) < 0.2
            assert "artist" not in heard.metadata
        assert b"Secret" not in content

    def test_a_pdf_is_kept_as_it_is_and_only_ever_downloaded(self, cast, client):
        client.force_login(cast.member)
        attach(client, cast, upload("plan.pdf", PDF))
        assert served(client, Attachment.objects.get()) == (
            "application/pdf",
            'attachment; filename="plan.pdf"',
            PDF,
        )

    @pytest.mark.parametrize("name", NAMES)
    def test_the_name_is_the_tellers(self, cast, client, name):
        client.force_login(cast.member)
        attach(client, cast, upload(name, PDF))
        file = Attachment.objects.get()
        assert file.original_name == name
        assert file.file.name.isascii()
        assert len(served(client, file)) == 3

    def test_a_name_is_no_way_out_of_the_folder(self, cast, client, settings):
        client.force_login(cast.member)
        attach(client, cast, upload("../../x.pdf", PDF))
        file = Attachment.objects.get()
        assert (file.original_name, file.file.name.count("/")) == ("x.pdf", 1)
        assert file.file.name.startswith("attachments/")

    @pytest.mark.parametrize(
        ("content", "fault"),
        [
            (b"MZ\x90\x00 a program", "it is neither a photo, nor a PDF, nor a recording."),
            (b"<svg onload=alert(1)>", "it is neither a photo, nor a PDF, nor a recording."),
            (b"<html><script>", "it is neither a photo, nor a PDF, nor a recording."),
            (b"", "it is neither a photo, nor a PDF, nor a recording."),
            (photo()[:-300], "the picture could not be read."),
            (b"\xff\xd8\xff\xe0nothing", "the picture could not be read."),
            (photo("PNG", size=(90, 70)), "the picture has too many pixels."),
            (b"ID3\x03nothing", "the recording could not be read."),
            # A list of addresses is read as a recording and nothing else.
            (b"\xff\xfb#EXTM3U\nhttp://127.0.0.1:1/x.mp3", "the recording could not be read."),
            (b"#EXTM3U\n/etc/passwd", "it is neither a photo, nor a PDF, nor a recording."),
            (sound()[:60], "the recording could not be read."),
            (sound(film=True), "films are not taken, only photos, PDFs and recordings."),
        ],
    )
    def test_what_is_not_taken_is_said_and_loses_nothing(
        self, cast, client, monkeypatch, content, fault
    ):
        monkeypatch.setattr("stories.media.MOST_PIXELS", 6_000)
        client.force_login(cast.member)
        answer = attach(client, cast, upload("a&b.jpg", content), upload("good.jpg"))
        assert answer.status_code == 422
        assert answer.context["files"].faults == [f"“a&b.jpg” is not added: {fault}"]
        assert Attachment.objects.get().original_name == "good.jpg"
        assert answer.context["writing"].steps[0]["text"].value() == "We met."

    def test_how_large_and_how_many(self, cast, client):
        client.force_login(cast.member)
        large = upload("large.pdf", PDF + b" " * Attachment.MOST_BYTES)
        answer = attach(client, cast, large)
        assert answer.context["files"].faults == [
            "“large.pdf” is not added: a file may have 10.0\xa0MB at most."
        ]
        files = [upload(f"{number}.pdf", PDF) for number in range(11)]
        answer = attach(client, cast, *files, key=answer.context["writing"].key)
        assert answer.context["files"].faults == [
            "“10.pdf” is not added: a story has 10 files at most."
        ]
        assert Attachment.objects.count() == 10

    def test_a_recording_that_does_not_end(self, cast, client, monkeypatch):
        monkeypatch.setattr("stories.media.MOST_MINUTES", 0)
        client.force_login(cast.member)
        answer = attach(client, cast, upload("voice", sound()))
        assert answer.context["files"].faults == [
            "“voice” is not added: it is longer than 0 minutes."
        ]


@pytest.mark.django_db
class TestNoneIsLost:
    def test_a_fault_on_the_form_loses_no_file(self, cast, client):
        client.force_login(cast.member)
        sent = form_of(cast.community, "We met.", save="1", title="x" * 201)
        answer = client.post(address_of(cast), sent | {"files": [upload()]})
        assert (answer.status_code, Story.objects.count()) == (422, 0)
        assert "photo.jpg" in answer.content.decode()
        sent |= {"title": "The lamp", "sketch": answer.context["sketch"].version}
        assert client.post(address_of(cast), sent).status_code == 302
        story = Story.objects.get()
        assert [file.original_name for file in story.attachments.all()] == ["photo.jpg"]
        assert not Sketch.objects.exists()

    def test_files_come_with_the_story_that_is_saved(self, cast, client):
        client.force_login(cast.member)
        sent = form_of(cast.community, "We met.", save="1")
        client.post(address_of(cast), sent | {"files": [upload(), upload("plan.pdf", PDF)]})
        story = Story.objects.get()
        assert [file.original_name for file in story.attachments.all()] == ["photo.jpg", "plan.pdf"]

    def test_a_file_that_is_refused_keeps_the_story_from_being_saved_without_it(self, cast, client):
        client.force_login(cast.member)
        sent = form_of(cast.community, "We met.", save="1")
        answer = client.post(address_of(cast), sent | {"files": [upload("a.exe", b"MZ")]})
        assert (answer.status_code, Story.objects.count()) == (422, 0)
        assert answer.context["writing"].steps[0]["text"].value() == "We met."

    def test_a_recovered_draft_has_its_photo(self, cast, client):
        client.force_login(cast.member)
        attach(client, cast, upload())
        sketch = Sketch.objects.get()
        answer = client.get(f"{address_of(cast)}?sketch={sketch.key}")
        assert [file.original_name for file, _form in answer.context["files"].rows] == ["photo.jpg"]
        assert answer.context["writing"].steps[0]["text"].value() == "We met."

    def test_another_page_does_not_lose_it_either(self, cast, client):
        client.force_login(cast.member)
        attach(client, cast, upload(), tab="one")
        key = Sketch.objects.get().key
        attach(client, cast, upload("second.jpg"), tab="two", key=key)
        assert Attachment.objects.filter(sketch__key=key).count() == 2

    def test_what_it_shows_is_said(self, cast, client):
        client.force_login(cast.member)
        attach(client, cast, upload())
        sketch, file = Sketch.objects.get(), Attachment.objects.get()
        said = {f"file-{file.pk}-shows": "A lamp on a table"}
        sent = form_of(cast.community, "We met.", save="1", key=sketch.key) | said
        sent["sketch"] = sketch.version
        long = client.post(address_of(cast), sent | {f"file-{file.pk}-shows": "x" * 201})
        assert (long.status_code, Story.objects.count()) == (422, 0)
        answer = client.post(address_of(cast), sent, follow=True)
        assert 'alt="A lamp on a table"' in answer.content.decode()

    def test_it_is_taken_out(self, cast, client, django_capture_on_commit_callbacks):
        client.force_login(cast.member)
        story = make_story(cast.community, cast.member)
        kept, gone = make_file(story), make_file(story)
        path = gone.file.path
        sent = form_of(cast.community, "We met.", key=story.key, take_out_file=gone.pk)
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(address_of(cast, story), sent)
        assert [file for file, _form in answer.context["files"].rows] == [kept]
        assert not gone.file.storage.exists(path)

    def test_nobody_takes_out_what_is_not_theirs(self, cast, client):
        story = make_published(cast.community, cast.member)
        theirs = make_file(story)
        client.force_login(cast.facilitator)
        for key in (story.key, Story(community=cast.community).key):
            sent = form_of(cast.community, "Mine.", key=key, take_out_file=theirs.pk)
            client.post(address_of(cast), sent)
        assert Attachment.objects.filter(pk=theirs.pk).exists()

    def test_thrown_away_or_purged_the_file_is_gone(
        self, cast, client, django_capture_on_commit_callbacks
    ):
        client.force_login(cast.member)
        attach(client, cast, upload())
        unsaved, sketch = Attachment.objects.get(), Sketch.objects.get()
        story = make_published(cast.community, cast.member)
        saved = make_file(story)
        actions.withdraw(story=story, by=cast.member)
        with django_capture_on_commit_callbacks(execute=True):
            client.post(
                reverse("stories:throw_away", args=[cast.community.slug]), {"key": sketch.key}
            )
            purge_story(saved.story_id)
        assert not Attachment.objects.exists()
        assert not any(file.file.storage.exists(file.file.name) for file in (unsaved, saved))


@pytest.mark.django_db
class TestWhoGetsThem:
    def test_who_may_open_the_story_and_nobody_else(self, cast, client):
        file = make_file(make_published(cast.community, cast.member, audience=Audience.MEMBERS))
        got = {}
        for name in ("member", "facilitator", "funder", "stranger", "neighbours_facilitator"):
            client.force_login(getattr(cast, name))
            answer = served(client, file)
            got[name] = answer if isinstance(answer, int) else 200
        assert got == {
            "member": 200,
            "facilitator": 200,
            "funder": 404,
            "stranger": 404,
            "neighbours_facilitator": 404,
        }

    def test_at_once_when_it_is_taken_back_also_from_a_browser_that_has_it(self, cast, client):
        story = make_published(cast.community, cast.member)
        file = make_file(story)
        client.force_login(cast.facilitator)
        address = reverse("stories:attachment", args=[cast.community.slug, file.pk])
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert (first.status_code, again.status_code) == (200, 304)
        assert first["Cache-Control"] == "private, no-cache"
        actions.withdraw(story=story, by=cast.member)
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 404

    def test_what_is_not_saved_is_its_writers(self, cast, client):
        client.force_login(cast.member)
        attach(client, cast, upload())
        file = Attachment.objects.get()
        assert len(served(client, file)) == 3
        client.force_login(cast.facilitator)
        assert served(client, file) == 404

    def test_whoever_holds_the_private_address(self, cast, client):
        guest = add_guest_teller(community=cast.community, name="Guest")
        story = make_published(cast.community, guest)
        other = make_file(make_published(cast.community, cast.member))
        file = make_file(story)
        address = make_private_address(story=story, by=cast.facilitator)
        page = client.get(address.path).content.decode()
        link = reverse("private_attachment", args=[address.secret, file.pk])
        assert f'href="{link}"' in page
        assert client.get(link).getvalue() == b"%PDF"
        assert client.get(link)["X-Robots-Tag"] == "noindex"
        assert client.get(link.replace(str(file.pk), str(other.pk))).status_code == 404
        assert client.get(reverse("private_attachment", args=["no", file.pk])).status_code == 410

    @pytest.mark.parametrize(
        ("asked", "status", "part"),
        [
            ("bytes=1-2", 206, b"PD"),
            ("bytes=2-", 206, b"DF"),
            ("bytes=0-99", 206, b"%PDF"),
            ("bytes=9-", 200, b"%PDF"),
            ("bytes=-2", 200, b"%PDF"),
            ("bytes=a-b", 200, b"%PDF"),
            ("lines=1-2", 200, b"%PDF"),
        ],
    )
    def test_a_player_begins_in_the_middle(self, cast, client, asked, status, part):
        file = make_file(make_published(cast.community, cast.member))
        client.force_login(cast.member)
        address = reverse("stories:attachment", args=[cast.community.slug, file.pk])
        answer = client.get(address, headers={"Range": asked})
        assert (answer.status_code, answer.getvalue()) == (status, part)

    def test_queries_of_the_pages_do_not_grow(self, cast, client, django_assert_num_queries):
        client.force_login(cast.member)
        counts = []
        for number in (1, 3):
            story = make_published(cast.community, cast.member)
            for _each in range(number):
                make_file(story)
            page = reverse("stories:story", args=[cast.community.slug, story.pk])
            client.get(page)
            with django_assert_num_queries(14) as asked:
                assert client.get(page).content.decode().count("<figure>") == number
            counts.append(len(asked))
        assert counts[0] == counts[1]


@pytest.fixture
def phone(live_server, new_context, cast):
    name, value = cookie_of(cast.member).split("=", 1)
    size = {"width": 360, "height": 740}
    context = new_context(base_url=live_server.url, viewport=size, permissions=["microphone"])
    context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    page = context.new_page()
    page.goto(address_of(cast))
    return page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_photo_is_sent_when_it_is_chosen_and_comes_with_the_story(cast, phone):
    phone.locator("[name=steps-0-text]").fill("We met at night.")
    chosen = {"name": "lamp.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    phone.get_by_label("Add files").set_input_files(chosen)
    expect(phone.get_by_role("link", name="lamp.jpg")).to_be_visible()
    phone.get_by_label("What it shows or says").fill("A lamp")
    phone.get_by_label("Title").fill("The lamp")
    phone.get_by_role("button", name="Save as a draft").click()
    expect(phone.get_by_role("img", name="A lamp")).to_be_visible()
    assert phone.get_by_role("img", name="A lamp").evaluate("one => one.naturalWidth") == 40


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_one_that_is_too_large_is_not_sent(cast, phone):
    chosen = {"name": "film.jpg", "mimeType": "image/jpeg", "buffer": b"x" * 11_000_000}
    phone.get_by_label("Add files").set_input_files(chosen)
    expect(phone.get_by_text("“film.jpg” is larger than a file may be.")).to_be_visible()
    phone.get_by_label("Add files").set_input_files(
        {"name": "a.exe", "mimeType": "image/jpeg", "buffer": b"MZ"}
    )
    expect(phone.get_by_text("“a.exe” is not added")).to_be_visible()
    expect(phone.get_by_text("“film.jpg” is larger than a file may be.")).to_be_hidden()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_voice_is_recorded_in_the_page(cast, phone):
    phone.locator("[name=steps-0-text]").fill("Listen.")
    phone.get_by_role("button", name="Record your voice").click()
    expect(phone.get_by_text("Recording…")).to_be_visible()
    expect(phone.get_by_text("0:01")).to_be_visible()
    phone.get_by_role("button", name="End the recording").click()
    expect(phone.get_by_role("link", name="Recording of")).to_be_visible()
    wait_for(lambda: Attachment.objects.count() == 1, "the recording")
    assert Attachment.objects.get().content_type == "audio/mp4"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_it_is_taken_out_by_its_button(cast, phone):
    chosen = {"name": "lamp.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    phone.get_by_label("Add files").set_input_files(chosen)
    phone.get_by_role("button", name=re.compile("Take it out.*lamp")).click()
    expect(phone.get_by_role("link", name="lamp.jpg")).to_have_count(0)
    wait_for(lambda: Attachment.objects.count() == 0, "that it is gone")
