extension Visit {
  /// A form that posts to an address below the prefix, with its session's token and where to go
  /// when it is done; nothing where this session may not send it.
  ///
  /// - Parameters:
  ///   - path: the parts of the address.
  ///   - name: its class, for the style.
  ///   - id: for the script (Protocol 11.9).
  ///   - isUpload: whether it brings files, or a text that may be long.
  func form(
    _ path: String..., name: String, id: String? = nil, isUpload: Bool = false, _ content: Markup
  ) -> Markup {
    guard !isReadOnly || Gatekeeper.isOpenToReaders(path) else { return .nothing }
    let identity: Markup? = id.map { " id=\"\($0)\"" }
    let kind: Markup? = isUpload ? " enctype=\"multipart/form-data\"" : nil
    return """
      <form method="post" action="\(reader.address(path, []))"\(identity) class="\(name)"\(kind)>\
      <input type="hidden" name="token" value="\(token)"><input type="hidden" name="back" \
      value="\(here)">
      \(content)</form>

      """
  }

  /// Leads back to the page that a form came from, or to the list where it names none of ours.
  var back: WebResponse {
    let list = reader.address([], [])
    guard let back = request.form["back"], Visit.isOurs(back, below: list) else {
      return .seeOther(list)
    }
    return .seeOther(back)
  }

  /// Whether an address is one below the prefix, spelt as this program spells them.
  static func isOurs(_ address: String, below prefix: String) -> Bool {
    address.hasPrefix(prefix) && address.utf8.count <= 4_096
      && address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
  }
}
