# Clip a video with one API call
import requests, time

headers = {"Authorization": "Bearer sk_live_..."}
clip = requests.post(
    "https://api.fastclip.dev/v1/clip",
    headers=headers,
    json={
        "url": "https://youtube.com/watch?v=dQw4w9WgXcQ",
        "start": 30,
        "end": 90,
        "format": "mp4",
        "quality": "1080p"
    }
).json()

# Poll until ready
while True:
    r = requests.get(f"https://api.fastclip.dev/v1/clip/{clip['job_id']}", headers=headers).json()
    if r["status"] == "complete":
        print(r["download_url"])
        break
    time.sleep(2)
