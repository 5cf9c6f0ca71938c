import CQREncode

/// A QR code drawn in half blocks, two modules to a character, light on dark terminals and dark
/// on light ones alike: the quiet zone is drawn too.
enum QRCode {
  /// Nil when the text does not fit a code.
  static func text(of text: String) -> String? {
    guard let code = QRcode_encodeString(text, 0, QR_ECLEVEL_L, QR_MODE_8, 0) else { return nil }
    defer { QRcode_free(code) }
    let width = Int(code.pointee.width)
    let isDark = { (row: Int, column: Int) in
      guard (0..<width).contains(row), (0..<width).contains(column) else { return false }
      return code.pointee.data[row * width + column] & 1 == 1
    }
    let margin = 2
    return stride(from: -margin, to: width + margin, by: 2).map { row in
      (-margin..<width + margin).map { column in
        switch (isDark(row, column), isDark(row + 1, column)) {
        case (false, false): "█"
        case (false, true): "▀"
        case (true, false): "▄"
        case (true, true): " "
        }
      }.joined()
    }.joined(separator: "\n")
  }
}
