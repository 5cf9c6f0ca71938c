/// Whether a line end in a page's source shows as a space.
///
/// Between Latin words it does. Between Chinese or Japanese characters it does not, or every line
/// of a hand-wrapped page would end in a hole and no phrase could be found (CSS Text 3, 4.1.3).
/// Marks that Chinese shares with Latin, such as `“` and `—`, side with their neighbor.
///
/// Highlights count scalars of the text this yields, so the ranges are fixed here once and do not
/// follow new versions of Unicode. Hangul keeps its spaces.
package enum EastAsianSpacing {
  package static func joins(_ before: UInt32, _ after: UInt32) -> Bool {
    isEastAsian(before) && (isEastAsian(after) || isShared(after))
      || isShared(before) && isEastAsian(after)
  }

  /// Whether a scalar is written without spaces around it, or may be.
  static func isEastAsianOrShared(_ scalar: UInt32) -> Bool {
    isEastAsian(scalar) || isShared(scalar)
  }

  private static func isEastAsian(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2E80...0x2FDF, 0x2FF0...0x312F, 0x3190...0x9FFF, 0xF900...0xFAFF, 0xFE30...0xFE4F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F200...0x1F2FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }

  private static func isShared(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xB7, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026: true
    default: false
    }
  }
}

extension ArraySlice<UInt8> {
  /// The first scalar of UTF-8 text; some other number if the bytes are not UTF-8.
  var firstScalar: UInt32 {
    guard let lead = first else { return 0 }
    guard lead >= 0xC0 else { return UInt32(lead) }
    let payload = UInt32(lead & (lead >= 0xF0 ? 0x07 : lead >= 0xE0 ? 0x0F : 0x1F))
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    return dropFirst().prefix(length - 1).reduce(payload) { $0 << 6 | UInt32($1 & 0x3F) }
  }

  /// The last scalar of UTF-8 text; some other number if the bytes are not UTF-8.
  var lastScalar: UInt32 {
    let tail = suffix(4)
    guard let start = tail.lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return 0 }
    return tail[start...].firstScalar
  }
}
