# Check balance, list cards, then reload
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
