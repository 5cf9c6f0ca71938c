extension Format {
  /// The format whose files hold many articles, or one in an order of its own, and whose file begins so:
  /// such a file is imported by itself and is never one article among pages. Nil for any other.
  static func ownFile(_ sample: FormatSample) -> Format? {
    readable.first { $0 != .csv && $0.isLike?(sample) == true }
  }

  /// Whether a file of that name may be one, as far as it is no page.
  static func mayBeOwnFile(named name: String) -> Bool {
    let name = name.lowercased()
    return readable.contains { format in
      format.isLike != nil && format.extensions.contains { name.hasSuffix(".\($0)") }
    }
  }
}
