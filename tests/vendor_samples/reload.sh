# 1. Check current balance
curl https://api.fastclip.dev/v1/balance \
  -H "Authorization: Bearer sk_live_..."

# 2. List saved cards
curl https://api.fastclip.dev/v1/cards \
  -H "Authorization: Bearer sk_live_..."

# 3. Reload $25 with saved card
curl -X POST https://api.fastclip.dev/v1/reload \
  -H "Authorization: Bearer sk_live_..." \
  -H "Content-Type: application/json" \
  -d '{"amount": 2500}'

# → {"success":true,"balance":29.90,...}
