import Coding
import Replication

/// Payloads as chapter 2 of the specification spells them, some with one place that is wrong.
///
/// Random damage seldom leaves readable what stands behind it. Here every part is where it belongs, and
/// what is wrong is one number, one name or one length: a rule of its own.
package struct Grammar {
  package enum Payload: String, CaseIterable {
    case sequences, knowledge, statement, operations, bodies, frames
  }

  private var generator: SeededGenerator
  private var bytes: [UInt8] = []
  private var places = 0
  /// The place that is written wrong, counted from 0.
  private var fault: Int?

  private init(seed: UInt64, fault: Int?) {
    generator = SeededGenerator(seed: seed)
    self.fault = fault
  }

  /// Whether a seed makes a payload without a fault.
  package static func isRight(seed: UInt64) -> Bool { seed.isMultiple(of: 2) }

  /// The same bytes for the same seed.
  package static func payload(_ kind: Payload, seed: UInt64) -> [UInt8] {
    var right = Grammar(seed: seed, fault: nil)
    right.write(kind)
    guard !isRight(seed: seed) else { return right.bytes }
    var chooser = SeededGenerator(seed: ~seed)
    var wrong = Grammar(seed: seed, fault: .random(in: 0..<right.places, using: &chooser))
    wrong.write(kind)
    return wrong.bytes
  }

  private mutating func write(_ kind: Payload) {
    switch kind {
    case .sequences: sequences()
    case .knowledge: knowledge()
    case .statement: for _ in 0..<3 { knowledge() }
    case .operations: operations()
    case .bodies: bodies()
    case .frames: frame()
    }
  }
}

// What is right, and what is not.
extension Grammar {
  private mutating func isWrong() -> Bool {
    defer { places += 1 }
    return places == fault
  }

  private mutating func random(_ range: ClosedRange<Int>) -> Int {
    .random(in: range, using: &generator)
  }

  private mutating func number(_ value: UInt64) {
    guard isWrong() else { return Varint.append(value, to: &bytes) }
    switch random(0...6) {
    case 0: Varint.append(value &+ 1, to: &bytes)
    case 1: Varint.append(value &- 1, to: &bytes)
    case 2: Varint.append(UInt64(random(0...3)), to: &bytes)
    case 3:
      // Where a number grows too great, for what it may be or for the bytes behind it.
      let borders = [7, 10, 14, 16, 17, 22, 23, 32, 62, 63].map { UInt64(1) << $0 } + [0]
      let border = borders.randomElement(using: &generator) ?? 0
      Varint.append(border &- UInt64(random(0...1)), to: &bytes)
    case 4:
      // Longer than it need be.
      Varint.append(value, to: &bytes)
      bytes[bytes.count - 1] |= 0x80
      bytes.append(0)
    case 5: bytes += [UInt8](repeating: 0xff, count: 9) + [UInt8(random(0...3))]
    default: break
    }
  }

  private mutating func number(_ value: Int) { number(UInt64(value)) }

  private mutating func signed(_ value: Int) { number(Varint.zigzag(Int64(value))) }

  private mutating func raw(_ content: [UInt8]) {
    guard isWrong() else {
      bytes += content
      return
    }
    var content = content
    switch random(0...3) {
    case 0 where !content.isEmpty: content.removeLast()
    case 1: content.append(UInt8(random(0...255)))
    case 2: content = [UInt8](repeating: 0xff, count: content.count)
    default:
      if !content.isEmpty { content[random(0...content.count - 1)] ^= 1 << UInt8(random(0...7)) }
    }
    bytes += content
  }

  /// Names of sixteen bytes, of which there are few, ascending.
  private mutating func names(upTo count: Int) -> [[UInt8]] {
    (0..<random(0...count)).map {
      [UInt8](repeating: UInt8($0), count: 15) + [UInt8(random(0...255))]
    }
  }
}

// Chapter 2, from 2.4 on.
extension Grammar {
  private mutating func sequences() {
    let count = random(1...4)
    number(count)
    for index in 0..<count {
      number(random((index == 0 ? 1 : 2)...5))
      number(random(0...4))
    }
  }

  private mutating func knowledge() {
    let names = names(upTo: 3)
    number(names.count)
    for name in names {
      raw(name)
      sequences()
    }
  }

  private mutating func operations() {
    let count = random(1...8)
    raw([UInt8](repeating: 2, count: 16))
    let first = random(1...40)
    let gaps = (0..<count).map { _ in random(0...3) == 0 ? random(1...3) : 0 }
    let span = gaps.reduce(count - 1, +) + (random(0...2) == 0 ? 1 : 0)
    number(first)
    number(span)
    number(count)
    if count != span + 1 { for gap in gaps { number(gap) } }
    let entities = column(count)
    number((entities.max() ?? 0) + 1)
    for _ in 0...(entities.max() ?? 0) {
      number(random(0...4))
      raw([UInt8](repeating: UInt8(random(0...3)), count: 16))
    }
    let fields = column(count)
    number((fields.max() ?? 0) + 1)
    for _ in 0...(fields.max() ?? 0) {
      let name = ["title", "note", "tag/北京", "x"].randomElement(using: &generator) ?? ""
      number(name.utf8.count)
      raw(Array(name.utf8))
    }
    var (current, met) = (-1, -1)
    for entity in entities {
      number(entity == current ? 0 : entity > met ? 1 : entity + 2)
      (current, met) = (entity, max(met, entity))
    }
    for field in fields { number(field) }
    for _ in 0..<count { signed(random(0...1_000_000)) }
    contexts(of: count)
    let values = (0..<count).map { _ in value() }
    for value in values { number(value.count) }
    for value in values { raw(value) }
  }

  /// Indexes in the order of their first use.
  private mutating func column(_ count: Int) -> [Int] {
    var met = 0
    return (0..<count).map { _ in
      let index = random(0...met)
      if index == met { met += 1 }
      return index
    }
  }

  private mutating func contexts(of count: Int) {
    let skips = random(0...1) == 0 ? [] : [random(0...count - 1)]
    number(skips.count)
    for skip in skips {
      number(skip)
      let names = names(upTo: 2)
      number(names.count)
      for name in names {
        raw(name)
        number(random(1...9))
      }
    }
  }

  private mutating func value() -> [UInt8] {
    switch random(0...5) {
    case 0: [UInt8(random(0...2))]
    case 1: [3] + Varint.bytes(of: UInt64(random(0...9_999)))
    case 2: [4] + Array(["", "北京", "e\u{301} \u{e9} \u{1F600}"][random(0...2)].utf8)
    case 3: [5] + [UInt8](repeating: 7, count: random(0...40))
    default: [UInt8(random(6...255)), 1]
    }
  }

  private mutating func bodies() {
    let pieces = (0..<random(1...3)).map { _ in random(0...2) == 0 ? "中文，一二三四五六七。" : "a中 <p>b文</p>"
    }
    number(pieces.count)
    for piece in pieces {
      raw(Array(ContentHash(of: Array(piece.utf8)).bytes))
      let before = random(0...2)
      number(before + piece.utf8.count + random(0...2))
      number(before)
      number(piece.utf8.count)
    }
    let isRecoded = random(0...2) > 0
    raw([isRecoded ? 1 : 0])
    let text = pieces.joined()
    guard isRecoded else { return raw(Array(text.utf8)) }
    let table = Array(Set(text.unicodeScalars.filter { !$0.isASCII })).sorted()
    number(table.count)
    var previous = 0
    for scalar in table {
      signed(Int(scalar.value) - previous)
      previous = Int(scalar.value)
    }
    var (markup, codes): ([UInt8], [UInt8]) = ([], [])
    for scalar in text.unicodeScalars {
      if let code = table.firstIndex(of: scalar) {
        markup.append(0x80)
        codes.append(UInt8(code))
      } else {
        markup.append(UInt8(scalar.value))
      }
    }
    number(markup.count)
    raw(markup)
    raw(codes)
  }

  private mutating func frame() {
    let payload = [UInt8](repeating: 0x61, count: random(0...200)) + [UInt8(random(0...255))]
    let deflated = (try? Zlib.deflate(payload)) ?? payload
    let isDeflated = deflated.count < payload.count
    let stored = isDeflated ? deflated : payload
    let start = bytes.count
    raw([UInt8(random(1...30))])
    raw([isDeflated ? 1 : 0])
    raw([0, 0])
    word(stored.count)
    word(payload.count)
    // Of what is written, and then wrong in one case: else nothing behind it would be looked at.
    let checksum = Zlib.checksum(stored, seed: Zlib.checksum(Array(bytes[start...])))
    word(Int(checksum))
    raw(stored)
  }

  private mutating func word(_ value: Int) {
    let wrong =
      isWrong()
      ? [value + 1, value - 1, 0, 8 << 20, 8 << 20 + 1, 0xffff_ffff].randomElement(
        using: &generator) : nil
    let word = UInt32(truncatingIfNeeded: wrong ?? value)
    for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(shift))) }
  }
}
