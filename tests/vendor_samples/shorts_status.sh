curl https://www.subclip.app/api/v1/ai-clipping/jobs/rproj_... \
  -H "Authorization: Bearer $SUBCLIP_API_KEY"
