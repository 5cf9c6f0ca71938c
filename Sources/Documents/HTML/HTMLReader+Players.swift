/// Players and pages inside the page: text cannot show them, so a link to each stands in its place.
extension HTMLReader {
  /// Begins a player. What stands inside is for browsers that cannot play it, unless the player says
  /// nothing of what it plays.
  mutating func beginPlayer(_ tag: HTMLTag, in builder: inout DocumentBuilder) {
    let address = tag.playedAddress
    let isShownThrough = address == nil && tag.name == "object"
    if droppedIndex == nil {
      appendPlayer(at: tag.isPixel ? nil : address, to: &builder)
      if !isShownThrough {
        droppedIndex = open.count
        awaitsAddress = address == nil
      }
    }
    open.push(OpenElement(name: tag.name, element: .player, outerLink: builder.link))
  }

  /// Takes the first address that stands inside a player.
  mutating func appendSource(_ tag: HTMLTag, to builder: inout DocumentBuilder) {
    guard awaitsAddress, let address = tag.playedAddress else { return }
    awaitsAddress = false
    builder.isSuppressed = false
    appendPlayer(at: address, to: &builder)
  }

  /// A link on a line of its own, where there can be one.
  func appendPlayer(at address: String?, to builder: inout DocumentBuilder) {
    guard let address, !builder.isSuppressed else { return }
    let isAlone = builder.kind == .paragraph && builder.preformattedDepth == 0
    if isAlone { builder.flush() } else { builder.append(" ") }
    let outerLink = builder.link
    builder.link = address
    builder.append(address)
    builder.link = outerLink
    if isAlone { builder.flush() } else { builder.append(" ") }
  }

  /// Ends a drawing or a formula that HTML's own elements follow: browsers end it there too, so that
  /// one that is never closed hides nothing.
  mutating func endForeignContent(in builder: inout DocumentBuilder) {
    guard let droppedIndex, case .foreign = open.elements[droppedIndex].element else { return }
    closeAll(from: droppedIndex, in: &builder)
  }
}

extension HTMLTag {
  /// The address of what a player plays; nil for one that leads nowhere outside the page.
  var playedAddress: String? {
    for value in [value(of: "src"), value(of: "data"), value(of: "data-src")] {
      let address = Array((value ?? "").utf8)[...].trimmed()
      let scheme = String(
        lowercasingASCII: address.prefix { $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x2D })
      let hasScheme = address.dropFirst(scheme.utf8.count).first == UInt8(ascii: ":")
      if address.isEmpty || hasScheme && HTMLTag.placesInside.contains(scheme) { continue }
      return String(decoding: address, as: UTF8.self)
    }
    return nil
  }

  private static let placesInside: Set<String> = ["about", "blob", "data", "javascript"]
}
