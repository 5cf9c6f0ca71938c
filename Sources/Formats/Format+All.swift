extension Format {
  /// Every format there is, in the order in which they are listed and recognized.
  public static let all: [Format] = [.markdown, .mirror]

  /// The formats that can be imported.
  public static var readable: [Format] { all.filter(\.isReadable) }

  /// The formats that can be exported.
  public static var writable: [Format] { all.filter(\.isWritable) }

  /// The format that can be imported and has this name; nil if there is none.
  public static func readable(named name: String) -> Format? { readable.first { $0.name == name } }
}
