/// What a request asks for, taken apart (RFC 9112, 3.2.1).
struct RequestTarget: Sendable {
  /// What stands between the slashes, decoded; a slash at the end has an empty part behind it.
  let path: [String]
  let query: Fields

  /// Nil where it is no path, such as another server's whole address, or does not decode. A `..` is
  /// a part like another.
  init?(_ target: String) {
    guard target.utf8.first == UInt8(ascii: "/"), !target.utf8.contains(UInt8(ascii: "#"))
    else { return nil }
    let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var path: [String] = []
    for part in halves[0].dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      guard let text = PercentText.decoded(part) else { return nil }
      path.append(text)
    }
    guard let fields = PercentText.fields(of: halves.count > 1 ? halves[1] : "") else {
      return nil
    }
    (self.path, query) = (path, Fields(fields))
  }
}
