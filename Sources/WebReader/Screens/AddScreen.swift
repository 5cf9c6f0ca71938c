import Satchel

/// A form for a text, and one for files.
struct AddScreen {
  let visit: Visit
  /// What was typed before, where it was refused.
  var typed = Fields.none
  var error: LibraryError?
  /// What is to be told instead.
  var notice: Phrase?

  private var words: Words { visit.words }

  func answer() async throws(LibraryError) -> WebResponse { page() }

  func page() -> WebResponse {
    let title = words(.add)
    let forms: Markup =
      visit.isReadOnly ? "<p class=\"empty\">\(words(.addReadOnly))</p>\n" : text + files
    let status = error.map(ProblemScreen.status) ?? (notice == nil ? 200 : 409)
    return PageFrame(visit: visit, title: title, section: .add).page(
      """
      <h1>\(title)</h1>
      \(told)\(forms)
      """, status: status)
  }

  private var told: Markup? {
    if let error { return .problem(visit.markup(error)) }
    if let notice { return .problem("<p>\(words(notice))</p>\n") }
    let fields = visit.request.query
    guard let added = fields.number("added") else { return nil }
    return """
      <p class="done" role="status">\(words(.addedFiles(added, fields.number("changed") ?? 0))) \
      <a href="\(visit.list(ListQuery.all, sort: "added"))">\(words(.lastAdded))</a></p>

      """
  }

  private var text: Markup {
    visit.form(
      "add", name: "add text", isUpload: true,
      """
      <h2>\(words(.addText))</h2>
      \(field("title", .title, .titleHint))\
      \(field("url", .address, .addressHint, type: "url"))\
      \(field("tags", .tags, .tagsHint))\
      <div class="field">
      <label for="pasted">\(words(.text))</label>
      <textarea id="pasted" name="text" rows="12" dir="auto">\n\(typed["text"] ?? "")</textarea>
      </div>
      <div class="row">
      <label for="format">\(words(.format))</label>
      <select id="format" name="format">
      \(formats)</select>
      <button class="main">\(words(.preview))</button>
      </div>

      """)
  }

  private var files: Markup {
    visit.form(
      "add", name: "add files", isUpload: true,
      """
      <h2>\(words(.addFiles))</h2>
      <p>\(words(.filesExplained))</p>
      <div class="field">
      <label for="files">\(words(.files))</label>
      <input type="file" id="files" name="files" multiple required>
      </div>
      <div class="field">
      <label for="files-tags">\(words(.tags))</label>
      <input id="files-tags" name="tags" aria-describedby="tags-hint" autocomplete="off">
      </div>
      <button class="main">\(words(.preview))</button>

      """)
  }

  private func field(
    _ name: Markup, _ label: Phrase, _ hint: Phrase, type: Markup = "text"
  ) -> Markup {
    """
    <div class="field">
    <label for="\(name)">\(words(label))</label>
    <input type="\(type)" id="\(name)" name="\(name)" value="\(typed[name.html] ?? "")" \
    aria-describedby="\(name)-hint" autocomplete="off">
    <small id="\(name)-hint">\(words(hint))</small>
    </div>

    """
  }

  private var formats: Markup {
    let kinds: [(BodyFormat, Phrase)] = [
      (.markdown, .markdown), (.html, .html), (.text, .plainText),
    ]
    return kinds.map { kind, phrase -> Markup in
      let mark: Markup = kind.rawValue == typed["format"] ? " selected" : ""
      return "<option value=\"\(kind.rawValue)\"\(mark)>\(words(phrase))</option>\n"
    }.joined()
  }
}

extension Phrase {
  static let add = Phrase("Add", "添加")
  static let addReadOnly = Phrase("This device only reads.", "此设备只能阅读。")
  static let addText = Phrase("A text or an address", "文本或网址")
  static let addFiles = Phrase("Files", "文件")
  static let titleHint = Phrase("Empty: the text's own", "留空则取正文中的标题")
  static let address = Phrase("Address of the original", "原文网址")
  static let addressHint = Phrase(
    "An address alone is kept as a link. Nothing is downloaded.", "只填网址则仅保存链接，不会下载任何内容。")
  static let tagsHint = Phrase("Separated by commas", "用逗号分隔")
  static let text = Phrase("Text", "正文")
  static let format = Phrase("Written as", "格式")
  static let markdown = Phrase("Markdown", "Markdown")
  static let html = Phrase("HTML", "HTML")
  static let plainText = Phrase("Plain text", "纯文本")
  static let preview = Phrase("Show what it would add", "预览要添加的内容")
  static let filesExplained = Phrase(
    "Saved pages, and what other services export, as the command import takes them in; 64 MB at most.",
    "保存的网页，以及其他服务导出的文件，与 import 命令支持的格式相同；最大 64 MB。")
  static let files = Phrase("Files", "文件")
  static let lastAdded = Phrase("Last added", "查看最近添加的")
  static let uploadGone = Phrase(
    "What you brought waited too long and is gone. Choose it again.",
    "等待时间过长，上传的内容已清除，请重新选择。")

  static func addedFiles(_ added: Int, _ changed: Int) -> Phrase {
    Phrase(
      "Added \(Wording.count(added, "article")), changed \(Wording.number(changed)).",
      "已添加 \(Wording.number(added)) 篇，更新 \(Wording.number(changed)) 篇。")
  }
}
