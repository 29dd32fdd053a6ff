curl https://www.subclip.app/api/v1/quota \
  -H "Authorization: Bearer $SUBCLIP_API_KEY"
