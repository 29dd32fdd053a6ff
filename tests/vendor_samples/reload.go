// Check balance, list cards, then reload
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
    fmt.Printf("Balance: $%.2f\n", bal["balance"])

    // 2. List saved cards
    cards := apiGet("https://api.fastclip.dev/v1/cards", auth)
    for _, c := range cards["cards"].([]any) {
        card := c.(map[string]any)
        fmt.Printf("  %s ****%s\n", card["brand"], card["last4"])
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
