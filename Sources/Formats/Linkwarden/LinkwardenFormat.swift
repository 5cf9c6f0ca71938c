import Articles
import Documents

extension Format {
  /// What Linkwarden exports.
  public static let linkwarden = Format(
    name: "linkwarden", contents: "what Linkwarden exports as JSON",
    treatment: "makes tags of collections, and stars what was pinned", extensions: ["json"],
    reader: { (input) throws(SkipReason) in
      let outline = try LinkwardenOutline(of: input)
      return JSONPieces(
        try input.text(), into: LinkwardenOutline.opened, at: LinkwardenOutline.links,
        named: input.name
      ) { (link, places) throws(SkipReason) in
        LinkwardenLink.draft(of: link, inCollection: places[0], outline)
      }
    },
    isLike: { sample in
      guard let head = sample.start else { return false }
      return head.hasKeys("\"username\"", "\"collectionorder\"")
        || head.hasKeys("\"username\"", "\"collections\"")
    })
}

/// What an export says of its links beside them: their collections, and which are pinned.
struct LinkwardenOutline: Sendable {
  private var collections = NestedNames()
  /// The identifiers of the collections, in their order.
  private var order: [String] = []
  private var pinned: Set<String> = []

  static let links = ["collections", JSONWalk.element, "links", JSONWalk.element]
  static let opened: Set<[String]> = [
    [], ["collections"], ["collections", JSONWalk.element],
    ["collections", JSONWalk.element, "links"], ["pinnedLinks"],
  ]
  /// Links behind these are pinned by nobody.
  private static let pins = 1 << 20

  /// Reads the file once for that; of what is piped nothing is known, since it is read once only.
  init(of input: FormatInput) throws(SkipReason) {
    guard case .path = input.source else { return }
    var walk = JSONWalk(try input.text(), into: LinkwardenOutline.opened)
    var collection: [String: String] = [:]
    do throws(SkipReason) {
      while let piece = try walk.next() {
        guard piece.path != LinkwardenOutline.links, let value = try? JSONPieces.value(piece) else {
          continue
        }
        if piece.path == ["pinnedLinks", JSONWalk.element] {
          if pinned.count < LinkwardenOutline.pins, let id = value.label("id") { pinned.insert(id) }
        } else if piece.path.count == 3, let place = piece.places.first {
          if place >= order.count { collection = [:] }
          collection[piece.path[2]] = JSONText.object(["x": value]).label("x")
          note(collection, at: place)
        }
      }
    } catch {
      // Whoever reads the links tells where the file breaks.
    }
  }

  /// A collection's members come one by one.
  private mutating func note(_ collection: [String: String], at place: Int) {
    while order.count <= place, order.count < NestedNames.limit { order.append("") }
    guard let id = collection["id"], place < order.count else { return }
    order[place] = id
    collections.note(id, collection["name"]?.singleLine ?? "", in: collection["parentId"])
  }

  /// The names of the collections around the links of one, and its own.
  func folders(ofCollection place: Int) -> [String] {
    guard place < order.count else { return [] }
    let path = collections.path(of: order[place])
    // What nobody put anywhere lies there.
    return path == ["Unorganized"] ? [] : path
  }

  func isPinned(_ id: String?) -> Bool { id.map(pinned.contains) ?? false }
}

/// A link as Linkwarden exports it.
enum LinkwardenLink {
  static func draft(
    of link: JSONText, inCollection place: Int, _ outline: LinkwardenOutline
  ) -> ArticleDraft {
    let url = link.text("url") ?? ""
    var draft = ArticleDraft(title: ExportTitle.text(link.text("name"), url: url), url: url)
    draft.isRecorded = true
    // What it read off the page, which later versions leave out.
    if let text = link.text("textContent") { draft.body = Array(text.utf8) }
    draft.tags = link.names("tags", keys: ["name"])
    for name in outline.folders(ofCollection: place) { draft.tag(name) }
    draft.state.note = link.text("description")
    draft.state.addedMilliseconds = link.time("importDate") ?? link.time("createdAt")
    draft.state.changedMilliseconds = link.time("updatedAt")
    if outline.isPinned(link.label("id")) { draft.state.isStarred = true }
    return draft
  }
}

extension JSONText {
  /// A name that is a number or a text.
  fileprivate func label(_ name: String) -> String? {
    switch self[name] {
    case .number(let text), .string(let text): text
    default: nil
    }
  }
}
