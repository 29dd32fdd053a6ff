curl -X PUT "$TRANSCRIPT_UPLOAD_URL" \
  -H "Content-Type: text/plain" \
  --data-binary "@podcast.srt"
