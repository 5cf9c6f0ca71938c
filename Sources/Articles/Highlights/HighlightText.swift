import Replication

/// A plain text in which the places of highlights are looked for, counted in scalars.
package struct HighlightText: Sendable {
  /// The body whose plain text it is; nil for an article that has none.
  package let body: ContentHash?
  /// The version of the rules that made it.
  package let version: Int
  /// In UTF-8.
  let bytes: [UInt8]
  package let scalarCount: Int
  /// The offsets of each 1,024th scalar.
  private let marks: [Int]

  private static let scalarsPerMark = 1_024

  package init(_ text: String, of body: ContentHash?, version: Int) {
    (self.body, self.version) = (body, version)
    bytes = Array(text.utf8)
    var (count, marks) = (0, [Int]())
    for (offset, byte) in bytes.enumerated() where byte.beginsScalar {
      if count % HighlightText.scalarsPerMark == 0 { marks.append(offset) }
      count += 1
    }
    (scalarCount, self.marks) = (count, marks)
  }

  /// Where a scalar begins; nil for one that there is not. Behind the last one the text ends.
  func offset(ofScalar number: Int) -> Int? {
    guard (0...scalarCount).contains(number) else { return nil }
    guard number < scalarCount else { return bytes.count }
    let (mark, rest) = number.quotientAndRemainder(dividingBy: HighlightText.scalarsPerMark)
    var offset = marks[mark]
    for _ in 0..<rest { offset = end(ofScalarAt: offset) }
    return offset
  }

  /// How many scalars begin before an offset.
  func scalar(at offset: Int) -> Int {
    var (low, high) = (0, marks.count)
    while low < high {
      let middle = (low + high) / 2
      if marks[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 0 }
    let mark = low - 1
    return mark * HighlightText.scalarsPerMark
      + bytes[marks[mark]..<offset].count { $0.beginsScalar }
  }

  private func end(ofScalarAt offset: Int) -> Int {
    var end = offset + 1
    while end < bytes.count, !bytes[end].beginsScalar { end += 1 }
    return end
  }

  /// Some of its scalars, as text.
  func text(of scalars: Range<Int>) -> String {
    guard let start = offset(ofScalar: scalars.lowerBound),
      let end = offset(ofScalar: scalars.upperBound)
    else { return "" }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// What a highlight of some of its scalars keeps.
  package func anchor(of scalars: Range<Int>) -> HighlightAnchor {
    let count = HighlightAnchor.neighborScalars
    let (start, end) = (scalars.lowerBound, scalars.upperBound)
    return HighlightAnchor(
      body: body, textVersion: version, quote: text(of: scalars),
      prefix: text(of: max(0, start - count)..<start),
      suffix: text(of: end..<min(scalarCount, end + count)), start: start, end: end)
  }
}

extension UInt8 {
  /// Whether it begins a scalar in UTF-8.
  var beginsScalar: Bool { self & 0xc0 != 0x80 }
}
