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
  /// What it writes; nil if the format is only read.
  public let output: FormatOutput?
  /// How its pages are read one by one; nil if its files are not pages.
  let pages: PageReader?
  /// Tells its files from those of other formats; nil if only its name does.
  let isLike: (@Sendable (FormatSample) -> Bool)?

  package typealias Opening = @Sendable (FormatInput) throws(SkipReason) -> any FormatReader

  package init(
    name: String, contents: String, treatment: String, extensions: [String],
    reader: Opening? = nil, output: FormatOutput? = nil, pages: PageReader? = nil,
    isLike: (@Sendable (FormatSample) -> Bool)? = nil
  ) {
    self.pages = pages
    self.name = name
    self.contents = contents
    self.treatment = treatment
    self.extensions = extensions
    self.reader = reader
    self.output = output
    self.isLike = isLike
  }
}

extension Format {
  /// Whether it is a format to import.
  public var isReadable: Bool { reader != nil }

  /// Whether it is read page by page, so that a commit's pages can be read as it.
  public var isOfPages: Bool { pages != nil }

  /// Whether it is a format to export.
  public var isWritable: Bool { output != nil }

  /// Opens what is to be imported. Throws why nothing of it can be read.
  package func reader(of input: FormatInput) throws(SkipReason) -> any FormatReader {
    guard let reader else { preconditionFailure("\(name) is a format that is only written") }
    return try reader(input)
  }

  /// Starts what is to be exported: a new file, or a folder that may be there already.
  ///
  /// - Parameter target: where it goes.
  package func writer(to target: ExportTarget) throws(FileError) -> any FormatWriter {
    guard let output else { preconditionFailure("\(name) is a format that is only read") }
    return try output.start(target)
  }

  /// The same, with nothing to say of itself.
  ///
  /// - Parameter path: where it goes.
  package func writer(at path: FilePath) throws(FileError) -> any FormatWriter {
    try writer(to: ExportTarget(path))
  }
}

extension Format: Equatable {
  /// Formats are equal if their names are.
  public static func == (left: Format, right: Format) -> Bool { left.name == right.name }
}
