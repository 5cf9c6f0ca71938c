import Articles
import Documents
import Files

/// Writes articles as pages that open from a stick: one an article, lists by day, site and tag, and an
/// index of words that a script on the first page looks through.
struct SiteWriter: FormatWriter {
  private let target: ExportTarget
  private var folder: ExportFolder
  private var omitted: [ExportOmission] = []
  private var lists: SiteLists
  private var words: WordIndex

  init(to target: ExportTarget) throws(FileError) {
    self.target = target
    folder = try ExportFolder(at: target.path, format: "site")
    lists = SiteLists(title: target.title)
    words = WordIndex(in: target.path)
  }

  var tally: ExportTally { folder.tally }
  var leftOut: [ExportOmission] { omitted + folder.leftOut }

  mutating func write(_ article: ExportedArticle) throws(FileError) {
    let draft = article.draft
    let pictures = try pictures(of: article)
    let entry = SiteEntry(article)
    let page = SiteArticle(article, entry, siteTitle: target.title).page { pictures[$0] }
    try folder.write(Array(page.utf8), to: FilePath(entry.path), of: entry.title)
    if article.hasText {
      let text = PlainText.text(reading: draft.body, as: draft.format.document)
      try words.add(text, of: lists.entries.count)
    }
    lists.entries.append(entry)
  }

  mutating func finish() throws(FileError) {
    for (path, page) in lists.pages { try folder.write(Array(page.utf8), to: FilePath(path)) }
    for (path, titles) in lists.titles { try folder.write(titles, to: FilePath(path)) }
    let shards = try words.shards { (path, words) throws(FileError) in
      try folder.write(words, to: FilePath(path))
    }
    let script = SiteAssets.script(entries: lists.entries.count, shardDigits: shards)
    try folder.write(Array(script.utf8), to: "search.js")
    try folder.write(Array(SiteAssets.style.utf8), to: "style.css")
    try folder.finish()
  }

  mutating func giveUp() { folder.giveUp() }
}

extension SiteWriter {
  /// Where the article's pictures lie, as its page says it, by the references in its text.
  private mutating func pictures(
    of article: ExportedArticle
  ) throws(FileError) -> [String: String] {
    var places: [String: String] = [:]
    for (number, image) in article.draft.images.enumerated() {
      guard let kind = PictureKind(of: image.bytes) else {
        omitted.append(
          ExportOmission(
            of: article.draft.title,
            because: "the image \(image.reference): not every browser shows its kind"))
        continue
      }
      let name = "\(article.id)/\(number + 1).\(kind.ending)"
      try folder.write(image.bytes, to: FilePath("articles/\(name)"), of: article.draft.shownTitle)
      places[image.reference] = name
    }
    return places
  }
}
