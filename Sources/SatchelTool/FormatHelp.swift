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

      git:FOLDER is what the commit that is checked out in a git repository has there: only pages are \
      read that changed since it was imported last.

      What services export tells how an article stood there; it is kept with the time of then, and \
      changes nothing that is here. An address without a text becomes an article without one: nothing \
      is fetched. One record that cannot be read is named with its place, and the others are taken in.

      A table whose columns have other names is read with --column, which may be given for each:

        satchel import csv links.csv --column url=Adresse --column title=Titel --column tags=Themen

      It knows \(ImportColumn.allCases.map(\.rawValue).joined(separator: ", ")).

      A book becomes one article, or one for each chapter, with the book's title as its site:

        satchel import --chapters book.epub

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
    let lines = [format.contents, "\(format.treatment); \(endings)"]
    return zip([format.name, ""], lines).map { name, line in
      "  \(name.padded(toColumns: columns))\(line)"
    }.joined(separator: "\n")
  }
}
