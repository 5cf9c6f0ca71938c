extension PageTree {
  /// The text of a node in one line, cut off where it passes about `limit` bytes.
  func text(of index: Int, limit: Int) -> String {
    var bytes: [UInt8] = []
    var place = index
    var visits = 0
    // White space is cut together first, so that it does not use up the limit.
    while place < nodes[index].end, bytes.count < limit, visits < PageTree.mostVisits {
      visits += 1
      let node = nodes[place]
      if node.element == .dropped {
        place = node.end
        continue
      }
      if case .text(let range) = node.content {
        append(source[range], limit: limit, to: &bytes)
      } else if !node.element.isPhrasing || node.element == .lineBreak {
        bytes.append(0x20)
      }
      place += 1
    }
    return Array(HTMLCharacterReferences.decoded(bytes[...], in: .text).utf8)[...].asSingleLine
  }

  /// Whoever asks for a short text looks at no more nodes than this.
  private static let mostVisits = 64

  private func append(_ text: ArraySlice<UInt8>, limit: Int, to bytes: inout [UInt8]) {
    for byte in text.prefix(8 * limit) {
      if bytes.count >= limit { return }
      if !byte.isHTMLSpace {
        bytes.append(byte)
      } else if bytes.last != 0x20 {
        bytes.append(0x20)
      }
    }
  }
}
