curl -X POST https://www.subclip.app/api/v1/ai-clipping/jobs \
  -H "Authorization: Bearer $SUBCLIP_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "sourceObjectKey": "user_.../ai-clipping-api/sources/abc123-interview.mp4",
    "sourceObjectName": "interview.mp4",
    "sourceObjectMimeType": "video/mp4",
    "language": "en",
    "preset": "default",
    "aspectRatio": "portrait",
    "numberOfClips": 6
  }'
