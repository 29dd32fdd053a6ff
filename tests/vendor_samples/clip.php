// Clip a video with one API call
$response = file_get_contents(
    "https://api.fastclip.dev/v1/clip",
    false,
    stream_context_create([
        "http" => [
            "method" => "POST",
            "header" => implode("\r\n", [
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
