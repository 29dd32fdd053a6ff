curl -X POST https://www.subclip.app/api/v1/ai-clipping/jobs \
  -H "Authorization: Bearer $SUBCLIP_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "videoUrl": "https://www.youtube.com/watch?v=...",
    "projectName": "Podcast clips",
    "language": "en",
    "youtubeTranscript": true,
    "aiAnalysis": true,
    "preset": "default",
    "aspectRatio": "portrait",
    "dynamicCaptions": true,
    "numberOfClips": 6,
    "preferredDurationSeconds": 45,
    "styleInstructions": "Prioritize controversial takes, quick emotional hooks, and complete payoff endings.",
    "addTextHook": true,
    "addCtaText": true
  }'
