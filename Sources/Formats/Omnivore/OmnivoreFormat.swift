import Documents

extension Format {
  /// What Omnivore exported.
  public static let omnivore = Format(
    name: "omnivore",
    contents: "what Omnivore exported: its archive, the same unpacked, or its older single file",
    treatment: "keeps texts, labels, progress and highlights", extensions: ["zip", "json"],
    reader: { (input) throws(SkipReason) -> any FormatReader in
      if try input.isArchive() || input.sample.isFolder {
        return try OmnivoreArchive.reader(of: input)
      }
      return JSONArticles(try input.text(), named: input.name) { (item) throws(SkipReason) in
        OmnivoreItem.draft(of: item)
      }
    },
    isLike: { sample in
      sample.names.contains(where: OmnivoreArchive.isMetadata)
        || sample.start?.hasKeys("\"slug\"", "\"readingprogress") == true
        || sample.start?.holdsFile("metadata_") == true
        || sample.start?.holdsFile("content/") == true
    })
}
