import Satchel

/// What `help formats` says, out of the registry of formats.
enum FormatHelp {
  static var text: String {
    let read = Format.readable.map { entry($0) }.joined(separator: "\n")
    return """
      satchel import [FORMAT] PATH... takes in files and folders of these formats:

      \(read)

      Where the format is left out, a path is taken for what it looks like, and a folder of pages is \
      read page by page: what a mirror laid out is cleaned, and all else is taken as it is. A first \
      word is a format only if a path follows it.

      git:FOLDER is what the commit that is checked out in a git repository has there: only pages are \
      read that changed since it was imported last.
      """
  }

  /// Two spaces behind the longest name.
  private static let columns = 2 + (Format.readable.map(\.name.count).max() ?? 0)

  private static func entry(_ format: Format) -> String {
    let endings = format.extensions.map { ".\($0)" }.joined(separator: " ")
    return "  \(format.name.padded(toColumns: columns))\(format.contents); \(format.treatment)\n"
      + "  \("".padded(toColumns: columns))\(endings)"
  }
}
