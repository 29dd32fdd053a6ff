// Check balance, list cards, then reload
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
