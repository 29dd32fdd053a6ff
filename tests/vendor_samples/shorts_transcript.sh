curl -X POST https://www.subclip.app/api/v1/ai-clipping/uploads \
  -H "Authorization: Bearer $SUBCLIP_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "uploadType": "transcript_srt",
    "fileName": "podcast.srt",
    "contentType": "text/plain",
    "fileSize": 18432
  }'
