// Check balance, list cards, then reload
$auth = "Authorization: Bearer sk_live_...";

// 1. Check balance
$bal = json_decode(file_get_contents(
    "https://api.fastclip.dev/v1/balance", false,
    stream_context_create(["http" => ["header" => $auth]])
), true);
echo "Balance: $" . number_format($bal["balance"], 2) . "\n";

// 2. List saved cards
$cards = json_decode(file_get_contents(
    "https://api.fastclip.dev/v1/cards", false,
    stream_context_create(["http" => ["header" => $auth]])
), true);
foreach ($cards["cards"] as $c) {
    echo "  {$c['brand']} ****{$c['last4']}\n";
}

// 3. Reload $25 with saved card
$r = json_decode(file_get_contents(
    "https://api.fastclip.dev/v1/reload", false,
    stream_context_create(["http" => [
        "method" => "POST",
        "header" => implode("\r\n", [
            $auth,
            "Content-Type: application/json"
        ]),
        "content" => json_encode(["amount" => 2500])
    ]])
), true);

echo "New balance: $" . number_format($r["balance"], 2);
// → New balance: $29.90
