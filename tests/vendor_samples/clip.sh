# Clip a video with one API call
curl -X POST https://api.fastclip.dev/v1/clip \
  -H "Authorization: Bearer sk_live_..." \
  -H "Content-Type: application/json" \
  -d '{
    "url": "https://youtube.com/watch?v=dQw4w9WgXcQ",
    "start": 30, "end": 90,
    "format": "mp4", "quality": "1080p"
  }'
