/// A JSON object with one key, whose array is printed as it grows.
struct JSONArray {
  private let key: String
  private var held: String
  private var isFirst = true

  init(_ key: String) {
    self.key = key
    held = "{\"\(key)\":["
  }

  mutating func append(_ value: some Encodable) {
    held += (isFirst ? "" : ",") + Console.encode(value)
    isFirst = false
    guard held.utf8.count >= 1 << 16 else { return }
    Output.print(held)
    held = ""
  }

  mutating func end() {
    Output.print(held + "]}\n")
    held = ""
  }
}
