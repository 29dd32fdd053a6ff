"""What the reference for language models says of the AI clipping contract, from its own tables and limits."""

from __future__ import annotations

from fastclip_desktop.api.subclip.bodies import LARGEST_SRT, MOST_CLIPS, MOST_SEGMENTS
from fastclip_desktop.api.subclip.languages import LANGUAGES
from fastclip_desktop.api.subclip.uploads import LIFETIME
from fastclip_desktop.domain.policy import Policy

_FLOW = f"""\
Shorts: the AI clipping contract, below /api/v1
  1. Optional: POST /api/v1/ai-clipping/uploads for a file of your own, then PUT it to uploadUrl with the same
     Content-Type, at one go; the link works once and for {LIFETIME // 60} minutes.
  2. POST /api/v1/ai-clipping/jobs. The answer has a projectId.
  3. GET its statusUrl every 10 to 15 seconds until outputReady is true or status is "failed"; on the way it is queued,
     then processing.
  4. Fetch each clip's downloadUrl, or GET /api/v1/ai-clipping/jobs/{{projectId}}/download for the montage of all clips.
     The links need no key.

Rules of shorts
  The key comes as Authorization: Bearer or as x-api-key.
  Errors are JSON: {{"error": {{"code", "message"}}}}; what does not validate is 400.
  Unknown fields are passed over, as is what is null.
  Exactly one of videoUrl (http or https) and sourceObjectKey (of an upload).
  segments: clips by their times, 1 to {MOST_SEGMENTS}. Without them (aiAnalysis true) the best moments are chosen;
  numberOfClips (1 to {MOST_CLIPS}; maxClips is its older name), preferredDurationSeconds (10 to 120, a hint) and
  styleInstructions (up to 600 characters) are for that alone.
  language is needed unless a transcript is given: one of transcript (segments with start, end and text, and words with
  times if they are known; text alone is refused), transcriptSrtUrl and transcriptSrtObjectKey (up to
  {LARGEST_SRT // 1024**2} MB).
  youtubeTranscript: tries YouTube's own captions first, of a videoUrl of YouTube; else the words are heard.
  preset: default (blurred background), face_track (follows faces; portrait only), customised (the look that this
  machine's owner has saved), aura (gradient frame). aspectRatio: portrait or square.
  dynamicCaptions false paints no captions. textHook is for the first clip or a segment, ctaText for all without one;
  addTextHook and addCtaText write what is missing.
"""


def shorts_guide(policy: Policy) -> str:
    """The section, for the prices in force."""
    price = "nothing" if not policy.credit_price.cents else "credits, each " + str(policy.credit_price)
    rows = {
        "Shorts cost": f"{price}: 5 a job, 1 a started minute of source that is heard, 1 a started minute of clips "
        "(2 with face_track), 1 with captions, 1 for YouTube's captions; what is set aside and not used is given back, "
        "and a failed job costs nothing",
        "Shorts and uploads are kept for": f"{policy.clip_lifetime // 3600} hours; they do not count as storage",
        "Languages": ", ".join(f"{code} ({name})" for code, name in LANGUAGES.items()),
    }
    return _FLOW + "".join(f"  {name}: {value}.\n" for name, value in rows.items())
