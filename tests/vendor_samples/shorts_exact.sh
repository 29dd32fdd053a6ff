curl -X POST https://www.subclip.app/api/v1/ai-clipping/jobs \
  -H "Authorization: Bearer $SUBCLIP_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "videoUrl": "https://your-bucket.s3.amazonaws.com/interview.mp4?X-Amz-Signature=...",
    "aiAnalysis": false,
    "preset": "customised",
    "aspectRatio": "portrait",
    "transcriptSrtObjectKey": "user_.../ai-clipping-api/transcripts/abc123-podcast.srt",
    "ctaText": "Follow for the full breakdown",
    "segments": [
      {
        "startTimeSeconds": 83.2,
        "endTimeSeconds": 126.8,
        "textHook": "This changed the whole launch"
      }
    ]
  }'
