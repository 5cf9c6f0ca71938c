import Satchel

/// A JSON object with one key, whose array is printed as it grows.
struct JSONArray {
  private var held: [UInt8]
  private var isFirst = true

  init(_ key: String) {
    held = Array("{\"\(key)\":[".utf8)
  }

  /// - Parameter values: what the keys "value" within hold, in the order of the keys: those too long
  ///   for one piece are printed in several.
  mutating func append(_ value: some Encodable, holding values: [Value] = []) {
    if !isFirst { held.append(UInt8(ascii: ",")) }
    isFirst = false
    var rest = Array(Console.encode(value).utf8)[...]
    for value in values where ValueJSON.isLong(value) {
      // Quotes within a text are escaped: a key stands nowhere else.
      guard let hole = rest.firstRange(of: JSONArray.hole) else {
        preconditionFailure("a long value leaves a hole")
      }
      held += rest[..<hole.lowerBound] + JSONArray.key + [UInt8(ascii: "\"")]
      ValueJSON.encodePieces(of: value) { hold($0) }
      held.append(UInt8(ascii: "\""))
      rest = rest[hole.upperBound...]
    }
    hold(rest)
  }

  mutating func end() {
    Output.print(held + Array("]}\n".utf8))
    held = []
  }

  private mutating func hold(_ bytes: some Sequence<UInt8>) {
    held += bytes
    guard held.count >= 1 << 16 else { return }
    Output.print(held)
    held.removeAll(keepingCapacity: true)
  }

  private static let key = Array("\"value\":".utf8)
  private static let hole = key + Array("[]".utf8)
}
