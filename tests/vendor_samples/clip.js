// Clip a video with one API call
const response = await fetch(
  "https://api.fastclip.dev/v1/clip", {
    method: "POST",
    headers: {
      "Authorization": "Bearer sk_live_...",
      "Content-Type": "application/json"
    },
    body: JSON.stringify({
      url: "https://youtube.com/watch?v=dQw4w9WgXcQ",
      start: 30, end: 90,
      format: "mp4", quality: "1080p"
    })
  }
);
const clip = await response.json();

// Poll until ready
while (true) {
  const r = await fetch(
    `https://api.fastclip.dev/v1/clip/${clip.job_id}`,
    { headers: { "Authorization": "Bearer sk_live_..." } }
  ).then(r => r.json());
  if (r.status === "complete") { console.log(r.download_url); break; }
  await new Promise(r => setTimeout(r, 2000));
}
