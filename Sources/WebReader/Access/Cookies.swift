/// The cookies that a browser sent (RFC 6265, 5.4).
struct Cookies: Sendable {
  private let all: [(name: Substring, value: Substring)]

  /// - Parameter headers: the values of `Cookie`.
  init(_ headers: [String]) {
    all = headers.flatMap { header in
      header.split(separator: ";").compactMap { pair in
        let parts = pair.drop { $0 == " " }.split(
          separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? (parts[0], parts[1]) : nil
      }
    }
  }

  /// The value of a name; nil where there is none, or are several: one of them is somebody else's.
  subscript(_ name: String) -> String? {
    let values = all.filter { $0.name == name }
    return values.count == 1 ? String(values[0].value) : nil
  }

  /// What the cookie of a session is called: all ports of a host share cookies.
  static func sessionName(port: Int) -> String { "satchel-\(port)" }
}
