// The page that is shown, which after a refused form is the one that the form came from.
extension Visit {
  /// Its address.
  var here: String {
    switch request.method {
    case .get: reader.address(request.path, request.query.all.map { ($0.name, $0.value) })
    case .post: back.headers.first { $0.name == "Location" }?.value ?? address()
    }
  }

  /// The fields of its address.
  var shownQuery: Fields {
    guard request.method == .post else { return request.query }
    let parts = here.split(separator: "?", maxSplits: 1)
    return Fields(parts.count > 1 ? PercentText.fields(of: parts[1]) ?? [] : [])
  }

  /// The parts of its address below the prefix.
  var shownPath: [String] {
    guard request.method == .post else { return request.path }
    let path = here.prefix { $0 != "?" && $0 != "#" }.dropFirst(address().count)
    return path.split(separator: "/").compactMap { PercentText.decoded($0) }
  }
}
