# Check balance, list cards, then reload
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
