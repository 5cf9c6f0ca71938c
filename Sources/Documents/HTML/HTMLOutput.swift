/// HTML on its way out: what may still change is held, what is before that is handed over.
struct HTMLOutput {
  private var held: [UInt8] = []
  /// The offset of the first byte that is held.
  private var start = 0
  private let handOver: ([UInt8]) -> Void
  /// So many bytes are handed over at once, or more.
  private let part: Int

  init(inPartsOf part: Int, handingOverTo handOver: @escaping ([UInt8]) -> Void) {
    self.handOver = handOver
    self.part = part
  }

  /// The offset of what is written next.
  var end: Int { start + held.count }

  /// Whether there is enough to hand over.
  var isLong: Bool { held.count >= part }

  mutating func append(_ markup: String) { held += markup.utf8 }

  /// Hands over what is before an offset, if that is worth it.
  mutating func handOver(upTo offset: Int) {
    if offset - start >= part { handOverAll(upTo: offset) }
  }

  /// Hands over all there is.
  mutating func finish() { handOverAll(upTo: end) }

  private mutating func handOverAll(upTo offset: Int) {
    if offset == end {
      handOver(held)
      held.removeAll(keepingCapacity: held.count < 2 * part)
    } else {
      handOver(Array(held[..<(offset - start)]))
      held.removeFirst(offset - start)
    }
    start = offset
  }
}

extension HTMLOutput {
  /// Makes the list that begins at an offset one of numbers.
  mutating func makeNumbered(_ offset: Int) { held[offset - start + 1] = UInt8(ascii: "o") }

  /// Makes the cells of the row that begins at an offset headers. Text has no `<` in it.
  mutating func makeHeader(_ offset: Int) {
    for index in held.indices[(offset - start)...] where held[index] == UInt8(ascii: "<") {
      let name = index + (held[index + 1] == UInt8(ascii: "/") ? 2 : 1)
      if held[name...].hasPrefix("td>") { held[name + 1] = UInt8(ascii: "h") }
    }
  }
}
