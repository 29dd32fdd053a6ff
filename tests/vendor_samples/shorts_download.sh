DOWNLOAD_JSON=$(curl -s https://www.subclip.app/api/v1/ai-clipping/jobs/rproj_.../download \
  -H "Authorization: Bearer $SUBCLIP_API_KEY")

DOWNLOAD_URL=$(echo "$DOWNLOAD_JSON" | jq -r '.downloadUrl')
curl -L "$DOWNLOAD_URL" -o ai-clips.mp4
