import Articles
import Files
import Replication

/// Writes highlights and notes as a collection of the Web Annotation data model, in one JSON-LD file.
struct AnnotationsWriter: FormatWriter {
  private var file: WrittenFile
  private let collection: Identifier
  private var count = 0

  init(to target: ExportTarget) throws(FileError) {
    file = try WrittenFile(target)
    collection = Identifier(bytes: target.library.prefix(16)) ?? Identifier(high: 0, low: 0)
    var label = JSONOutput()
    label.value(target.title)
    try file.write(
      """
      {"@context":"http://www.w3.org/ns/anno.jsonld","id":"\(collection.name)",\
      "type":"AnnotationCollection","label":\(String(decoding: label.bytes, as: UTF8.self)),\
      "first":{"id":"\(collection.name)#first","type":"AnnotationPage",\
      "partOf":"\(collection.name)","startIndex":0,"items":[
      """)
  }

  var tally: ExportTally { file.tally }

  mutating func write(_ article: ExportedArticle) throws(FileError) {
    let draft = article.draft
    let source = draft.url.map { WebLink.escaped($0) } ?? article.id.key.name
    if let note = draft.state.note, !note.isBlank {
      try write { object in
        object.member("id", "\(article.id.key.name)#note")
        object.member("type", "Annotation")
        object.member("motivation", "commenting")
        AnnotationsWriter.writeBody(note, to: &object)
        object.member("target", source)
      }
    }
    for (number, highlight) in draft.state.highlights.enumerated() {
      let id = highlight.id?.key.name ?? "\(article.id.key.name)#\(number)"
      try write { AnnotationsWriter.write(highlight, id, of: source, to: &$0) }
    }
  }

  mutating func finish() throws(FileError) {
    try file.write("\n]},\"total\":\(count)}\n")
    try file.finish()
  }
}

extension AnnotationsWriter {
  private mutating func write(_ members: (inout JSONOutput) -> Void) throws(FileError) {
    count += 1
    var output = JSONOutput()
    output.object(members)
    try file.write(Array((count == 1 ? "\n" : ",\n").utf8) + output.bytes)
  }

  private static func write(
    _ highlight: HighlightDraft, _ id: String, of source: String,
    to object: inout JSONOutput
  ) {
    object.member("id", id)
    object.member("type", "Annotation")
    let note = highlight.note.flatMap { $0.isBlank ? nil : $0 }
    object.member("motivation", note == nil ? "highlighting" : "commenting")
    if let time = highlight.createdMilliseconds.flatMap(InstantText.text) {
      object.member("created", time)
    }
    if let note { writeBody(note, to: &object) }
    object.name("target")
    object.object { target in
      target.member("source", source)
      if let color = highlight.color { target.member("styleClass", color) }
      target.name("selector")
      target.object { selector in
        selector.member("type", "TextQuoteSelector")
        selector.member("exact", highlight.quote)
        if let prefix = highlight.anchor?.prefix, !prefix.isEmpty {
          selector.member("prefix", prefix)
        }
        if let suffix = highlight.anchor?.suffix, !suffix.isEmpty {
          selector.member("suffix", suffix)
        }
      }
    }
  }

  private static func writeBody(_ text: String, to object: inout JSONOutput) {
    object.name("body")
    object.object { body in
      body.member("type", "TextualBody")
      body.member("value", text)
      body.member("format", "text/plain")
      body.member("purpose", "commenting")
    }
  }
}

extension Format {
  /// Web annotations.
  public static let annotations = Format(
    name: "annotations", contents: "highlights and notes as web annotations",
    treatment: "adds them to their articles", extensions: ["jsonld"],
    output: FormatOutput("a file of highlights and notes, as web annotations (JSON-LD)") {
      (target) throws(FileError) in try AnnotationsWriter(to: target)
    })
}
