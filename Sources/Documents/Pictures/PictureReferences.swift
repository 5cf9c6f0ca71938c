/// The pictures that a page shows, by what the page names them.
public enum PictureReferences {
  /// Each reference once, in the order in which they are met. Counters of visits and what is not
  /// shown are none.
  ///
  /// - Parameters:
  ///   - bytes: of the page.
  ///   - format: how they are read.
  public static func all(reading bytes: [UInt8], as format: DocumentFormat) -> [String] {
    Document.read(bytes, as: format, handingOverTo: PictureGathering()).references
  }
}

private struct PictureGathering: TextBlockReceiver {
  private(set) var references: [String] = []
  private var seen: Set<String> = []

  mutating func append(_ block: TextBlock) {
    for reference in block.runs.compactMap(\.image) where seen.insert(reference).inserted {
      references.append(reference)
    }
  }
}
