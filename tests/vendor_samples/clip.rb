# Clip a video with one API call
require "net/http"
require "json"
require "uri"

uri = URI("https://api.fastclip.dev/v1/clip")
http = Net::HTTP.new(uri.host, uri.port)
http.use_ssl = true

request = Net::HTTP::Post.new(uri)
request["Authorization"] = "Bearer sk_live_..."
request["Content-Type"] = "application/json"
request.body = {
  url: "https://youtube.com/watch?v=dQw4w9WgXcQ",
  start: 30, end: 90,
  format: "mp4", quality: "1080p"
}.to_json

response = http.request(request)
clip = JSON.parse(response.body)
job_id = clip["job_id"]

# Poll until ready
loop do
  sleep 2
  poll = Net::HTTP::Get.new(URI("https://api.fastclip.dev/v1/clip/#{job_id}"))
  poll["Authorization"] = "Bearer sk_live_..."
  r = JSON.parse(http.request(poll).body)
  if r["status"] == "complete"
    puts r["download_url"]
    break
  end
end
