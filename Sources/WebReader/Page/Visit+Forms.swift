extension Visit {
  /// What every form carries: its session's token, and where to go when it is done.
  var formFields: Markup {
    """
    <input type="hidden" name="token" value="\(token)"><input type="hidden" name="back" \
    value="\(here)">
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
