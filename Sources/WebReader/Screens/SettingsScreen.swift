import Satchel

/// What a reader chooses for this browser.
struct SettingsScreen {
  let visit: Visit

  func answer() async throws(LibraryError) -> WebResponse {
    let title = visit.words(.settings)
    return PageFrame(visit: visit, title: title, section: .settings).page(
      """
      <h1>\(title)</h1>
      <p>\(visit.words(.settingsExplained))</p>
      \(visit.form("settings", name: "settings", choices))
      """)
  }

  private var choices: Markup {
    let sizes = Preferences.TextSize.allCases.map { size -> Markup in
      let mark: Markup = size == visit.preferences.size ? " checked" : ""
      return """
        <label><input type="radio" name="size" value="\(size.rawValue)"\(mark)> \
        \(visit.words(size.phrase))</label>

        """
    }
    return """
      <fieldset>
      <legend>\(visit.words(.textSize))</legend>
      \(sizes.joined())</fieldset>
      \(visit.isReadOnly ? nil : reading)\
      <button class="main">\(visit.words(.save))</button>

      """
  }
}

extension SettingsScreen {
  private var reading: Markup {
    let end: Markup? = visit.preferences.marksReadAtEnd ? " checked" : nil
    return """
      <fieldset>
      <legend>\(visit.words(.reading))</legend>
      <label><input type="checkbox" name="end" value="yes"\(end)> \(visit.words(.readAtEnd))</label>
      </fieldset>

      """
  }
}

extension Preferences.TextSize {
  fileprivate var phrase: Phrase {
    switch self {
    case .small: Phrase("Small", "小")
    case .medium: Phrase("Medium", "中")
    case .large: Phrase("Large", "大")
    case .huge: Phrase("Very large", "特大")
    }
  }
}

extension Phrase {
  static let settings = Phrase("Settings", "设置")
  static let settingsExplained = Phrase("For this browser alone.", "仅对此浏览器有效。")
  static let textSize = Phrase("Size of the text", "正文字号")
  static let reading = Phrase("Reading", "阅读")
  static let readAtEnd = Phrase(
    "Mark an article read when its end was seen (needs the page's script)",
    "看到文章末尾时标为已读（需要页面脚本）")
  static let save = Phrase("Save", "保存")
}
