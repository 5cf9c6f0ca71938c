import Satchel

/// What `help formats` says, out of the registry of formats.
enum FormatHelp {
  static var text: String {
    let written = Format.writable.map { entry(ofWriting: $0) }.joined(separator: "\n")
    let read = Format.readable.map { entry($0) }.joined(separator: "\n")
    return """
      satchel import [FORMAT] PATH... takes in files and folders of these formats:

      \(read)

      Where the format is left out, a path is taken for what it looks like, and a folder of pages is \
      read page by page: what a mirror laid out is cleaned, and all else is taken as it is. A first \
      word is a format only if a path follows it.

      satchel export FORMAT DEST [QUERY] writes articles out:

      \(written)
      """
  }

  /// Two spaces behind the longest name.
  private static let columns = 2 + (Format.all.map(\.name.count).max() ?? 0)

  private static func entry(ofWriting format: Format) -> String {
    "  \(format.name.padded(toColumns: columns))\(format.output?.contents ?? "")"
  }

  private static func entry(_ format: Format) -> String {
    let endings = format.extensions.map { ".\($0)" }.joined(separator: " ")
    return "  \(format.name.padded(toColumns: columns))\(format.contents); \(format.treatment)\n"
      + "  \("".padded(toColumns: columns))\(endings)"
  }
}
