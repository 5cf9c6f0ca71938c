import Files

/// A foreign format: what it is called, what people are told about it, and what reads and writes it.
public struct Format: Sendable {
  /// The word that names it, such as `mirror` in `import mirror PATH`.
  public let name: String
  /// What it holds, as a phrase: `pages of Markdown, HTML or plain text`.
  public let contents: String
  /// What reading does with that, as a verb phrase: `keeps the text as it is`.
  public let treatment: String
  /// The endings of its files' names in lower case, without the dot.
  public let extensions: [String]
  /// Opens a file or folder of this format; nil if the format is only written.
  let reader: Opening?
  /// Starts a file or folder of this format; nil if the format is only read.
  let writer: Starting?
  /// How its pages are read one by one; nil if its files are not pages.
  let pages: PageReader?
  /// Tells its files from those of other formats; nil if only its name does.
  let isLike: (@Sendable (FormatSample) -> Bool)?

  package typealias Opening = @Sendable (FormatInput) throws(SkipReason) -> any FormatReader
  package typealias Starting = @Sendable (FilePath) throws(FileError) -> any FormatWriter

  package init(
    name: String, contents: String, treatment: String, extensions: [String],
    reader: Opening? = nil, writer: Starting? = nil, pages: PageReader? = nil,
    isLike: (@Sendable (FormatSample) -> Bool)? = nil
  ) {
    self.pages = pages
    self.name = name
    self.contents = contents
    self.treatment = treatment
    self.extensions = extensions
    self.reader = reader
    self.writer = writer
    self.isLike = isLike
  }
}

extension Format {
  /// Whether it is a format to import.
  public var isReadable: Bool { reader != nil }

  /// Whether it is read page by page, so that a commit's pages can be read as it.
  public var isOfPages: Bool { pages != nil }

  /// Whether it is a format to export.
  public var isWritable: Bool { writer != nil }

  /// Opens what is to be imported. Throws why nothing of it can be read.
  package func reader(of input: FormatInput) throws(SkipReason) -> any FormatReader {
    guard let reader else { preconditionFailure("\(name) is a format that is only written") }
    return try reader(input)
  }

  /// Starts what is to be exported: a new file, or a folder that may be there already.
  package func writer(at path: FilePath) throws(FileError) -> any FormatWriter {
    guard let writer else { preconditionFailure("\(name) is a format that is only read") }
    return try writer(path)
  }
}

extension Format: Equatable {
  /// Formats are equal if their names are.
  public static func == (left: Format, right: Format) -> Bool { left.name == right.name }
}
