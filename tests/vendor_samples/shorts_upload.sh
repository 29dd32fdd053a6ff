curl -X POST https://www.subclip.app/api/v1/ai-clipping/uploads \
  -H "Authorization: Bearer $SUBCLIP_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "uploadType": "source",
    "fileName": "interview.mp4",
    "contentType": "video/mp4",
    "fileSize": 52428800
  }'
