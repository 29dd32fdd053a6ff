"""The samples of the hosted service's documentation, word for word."""

from __future__ import annotations

import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """A program.

    Attributes:
        name: its language.
        command: runs it.
        file: what it is to be called.
        text: itself.
        polls: whether it waits for the clip and prints its link.
    """

    name: str
    command: tuple[str, ...]
    file: str
    text: str
    polls: bool = False


CLIP = (
    Sample(
        "python",
        (sys.executable,),
        "sample.py",
        """# Clip a video with one API call
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
""",
        polls=True,
    ),
    Sample(
        "javascript",
        ("node",),
        "sample.mjs",
        """// Clip a video with one API call
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
""",
        polls=True,
    ),
    Sample(
        "curl",
        ("sh",),
        "sample.sh",
        """# Clip a video with one API call
curl -X POST https://api.fastclip.dev/v1/clip \\
  -H "Authorization: Bearer sk_live_..." \\
  -H "Content-Type: application/json" \\
  -d '{
    "url": "https://youtube.com/watch?v=dQw4w9WgXcQ",
    "start": 30, "end": 90,
    "format": "mp4", "quality": "1080p"
  }'
""",
        polls=False,
    ),
    Sample(
        "go",
        ("go", "run"),
        "sample.go",
        """// Clip a video with one API call
package main

import (
    "bytes"
    "encoding/json"
    "fmt"
    "net/http"
)

func main() {
    body, _ := json.Marshal(map[string]any{
        "url":     "https://youtube.com/watch?v=dQw4w9WgXcQ",
        "start":   30,
        "end":     90,
        "format":  "mp4",
        "quality": "1080p",
    })

    req, _ := http.NewRequest("POST",
        "https://api.fastclip.dev/v1/clip",
        bytes.NewBuffer(body))
    req.Header.Set("Authorization", "Bearer sk_live_...")
    req.Header.Set("Content-Type", "application/json")

    resp, _ := http.DefaultClient.Do(req)
    defer resp.Body.Close()
    fmt.Println(resp.Status)
}
""",
        polls=False,
    ),
    Sample(
        "ruby",
        ("ruby",),
        "sample.rb",
        """# Clip a video with one API call
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
""",
        polls=True,
    ),
    Sample(
        "php",
        ("php",),
        "sample.php",
        """<?php
// Clip a video with one API call
$response = file_get_contents(
    "https://api.fastclip.dev/v1/clip",
    false,
    stream_context_create([
        "http" => [
            "method" => "POST",
            "header" => implode("\\r\\n", [
                "Authorization: Bearer sk_live_...",
                "Content-Type: application/json"
            ]),
            "content" => json_encode([
                "url"     => "https://youtube.com/watch?v=dQw4w9WgXcQ",
                "start"   => 30,
                "end"     => 90,
                "format"  => "mp4",
                "quality" => "1080p"
            ])
        ]
    ])
);

$clip = json_decode($response, true);

// Poll until ready
$ctx = stream_context_create(["http" => [
    "header" => "Authorization: Bearer sk_live_..."
]]);
do {
    sleep(2);
    $r = json_decode(file_get_contents(
        "https://api.fastclip.dev/v1/clip/" . $clip["job_id"],
        false, $ctx
    ), true);
} while ($r["status"] !== "complete");
echo $r["download_url"];
""",
        polls=True,
    ),
)

ACCOUNT = (
    Sample(
        "python",
        (sys.executable,),
        "sample.py",
        """# Check balance, list cards, then reload
import requests

headers = {"Authorization": "Bearer sk_live_..."}

# 1. Check current balance
bal = requests.get("https://api.fastclip.dev/v1/balance", headers=headers).json()
print(f"Balance: ${bal['balance']:.2f}")

# 2. List saved cards
cards = requests.get("https://api.fastclip.dev/v1/cards", headers=headers).json()
for c in cards["cards"]:
    print(f"  {c['brand']} ****{c['last4']}")

# 3. Reload $25 with saved card
reload = requests.post("https://api.fastclip.dev/v1/reload",
    headers=headers,
    json={"amount": 2500}  # cents
).json()

print(f"New balance: ${reload['balance']:.2f}")
# → New balance: $29.90
""",
        polls=False,
    ),
    Sample(
        "javascript",
        ("node",),
        "sample.mjs",
        """// Check balance, list cards, then reload
const headers = {
  "Authorization": "Bearer sk_live_...",
  "Content-Type": "application/json"
};

// 1. Check current balance
const bal = await fetch("https://api.fastclip.dev/v1/balance", { headers })
  .then(r => r.json());
console.log(`Balance: $${bal.balance.toFixed(2)}`);

// 2. List saved cards
const cards = await fetch("https://api.fastclip.dev/v1/cards", { headers })
  .then(r => r.json());
cards.cards.forEach(c => console.log(`  ${c.brand} ****${c.last4}`));

// 3. Reload $25 with saved card
const reload = await fetch("https://api.fastclip.dev/v1/reload", {
  method: "POST", headers,
  body: JSON.stringify({ amount: 2500 })  // cents
}).then(r => r.json());

console.log(`New balance: $${reload.balance.toFixed(2)}`);
// → New balance: $29.90
""",
        polls=False,
    ),
    Sample(
        "curl",
        ("sh",),
        "sample.sh",
        """# 1. Check current balance
curl https://api.fastclip.dev/v1/balance \\
  -H "Authorization: Bearer sk_live_..."

# 2. List saved cards
curl https://api.fastclip.dev/v1/cards \\
  -H "Authorization: Bearer sk_live_..."

# 3. Reload $25 with saved card
curl -X POST https://api.fastclip.dev/v1/reload \\
  -H "Authorization: Bearer sk_live_..." \\
  -H "Content-Type: application/json" \\
  -d '{"amount": 2500}'

# → {"success":true,"balance":29.90,...}
""",
        polls=False,
    ),
    Sample(
        "go",
        ("go", "run"),
        "sample.go",
        """// Check balance, list cards, then reload
package main

import (
    "bytes"
    "encoding/json"
    "fmt"
    "io"
    "net/http"
)

func apiGet(url, auth string) map[string]any {
    req, _ := http.NewRequest("GET", url, nil)
    req.Header.Set("Authorization", auth)
    resp, _ := http.DefaultClient.Do(req)
    defer resp.Body.Close()
    var out map[string]any
    json.NewDecoder(resp.Body).Decode(&out)
    return out
}

func main() {
    auth := "Bearer sk_live_..."

    // 1. Check balance
    bal := apiGet("https://api.fastclip.dev/v1/balance", auth)
    fmt.Printf("Balance: $%.2f\\n", bal["balance"])

    // 2. List saved cards
    cards := apiGet("https://api.fastclip.dev/v1/cards", auth)
    for _, c := range cards["cards"].([]any) {
        card := c.(map[string]any)
        fmt.Printf("  %s ****%s\\n", card["brand"], card["last4"])
    }

    // 3. Reload $25
    body, _ := json.Marshal(map[string]any{"amount": 2500})
    req, _ := http.NewRequest("POST",
        "https://api.fastclip.dev/v1/reload",
        bytes.NewBuffer(body))
    req.Header.Set("Authorization", auth)
    req.Header.Set("Content-Type", "application/json")

    resp, _ := http.DefaultClient.Do(req)
    defer resp.Body.Close()
    out, _ := io.ReadAll(resp.Body)
    fmt.Println(string(out))
    // → {"success":true,"balance":29.90,...}
}
""",
        polls=False,
    ),
    Sample(
        "ruby",
        ("ruby",),
        "sample.rb",
        """# Check balance, list cards, then reload
require "net/http"
require "json"

http = Net::HTTP.new("api.fastclip.dev", 443)
http.use_ssl = true
auth = "Bearer sk_live_..."

# 1. Check balance
req = Net::HTTP::Get.new("/v1/balance")
req["Authorization"] = auth
bal = JSON.parse(http.request(req).body)
puts "Balance: $#{'%.2f' % bal['balance']}"

# 2. List saved cards
req = Net::HTTP::Get.new("/v1/cards")
req["Authorization"] = auth
cards = JSON.parse(http.request(req).body)
cards["cards"].each { |c| puts "  #{c['brand']} ****#{c['last4']}" }

# 3. Reload $25
req = Net::HTTP::Post.new("/v1/reload")
req["Authorization"] = auth
req["Content-Type"] = "application/json"
req.body = { amount: 2500 }.to_json
reload = JSON.parse(http.request(req).body)

puts "New balance: $#{'%.2f' % reload['balance']}"
# → New balance: $29.90
""",
        polls=False,
    ),
    Sample(
        "php",
        ("php",),
        "sample.php",
        """<?php
// Check balance, list cards, then reload
$auth = "Authorization: Bearer sk_live_...";

// 1. Check balance
$bal = json_decode(file_get_contents(
    "https://api.fastclip.dev/v1/balance", false,
    stream_context_create(["http" => ["header" => $auth]])
), true);
echo "Balance: $" . number_format($bal["balance"], 2) . "\\n";

// 2. List saved cards
$cards = json_decode(file_get_contents(
    "https://api.fastclip.dev/v1/cards", false,
    stream_context_create(["http" => ["header" => $auth]])
), true);
foreach ($cards["cards"] as $c) {
    echo "  {$c['brand']} ****{$c['last4']}\\n";
}

// 3. Reload $25 with saved card
$r = json_decode(file_get_contents(
    "https://api.fastclip.dev/v1/reload", false,
    stream_context_create(["http" => [
        "method" => "POST",
        "header" => implode("\\r\\n", [
            $auth,
            "Content-Type: application/json"
        ]),
        "content" => json_encode(["amount" => 2500])
    ]])
), true);

echo "New balance: $" . number_format($r["balance"], 2);
// → New balance: $29.90
""",
        polls=False,
    ),
)
