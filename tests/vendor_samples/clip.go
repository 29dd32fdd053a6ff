// Clip a video with one API call
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
