import Articles
import Files
import Formats
import Foundation
import Testing

/// A site in a browser that opens it from the disk.
@Suite(.enabled(if: Browser.path != nil, "chromium is not installed"), .serialized)
struct SiteBrowserTests {
  private static let articles = (1...30).map { number in
    exportedArticle("Article \(number)", "Words of number\(number). 第\(number)座桥。", number: number)
    {
      $0.published = "2020-03-\(number < 10 ? "0" : "")\(number)"
    }
  }

  @Test(arguments: [("number7", "Article 7"), ("Article 12", "Article 12"), ("座桥", "Article 30")])
  func `its first page finds words without a network`(words: String, title: String) throws {
    try withFolder { folder in
      try export(to: folder)
      let page = try Browser.run(
        folder, ["--dump-dom"], page: "index.html", fragment: words)
      let found = try #require(page.components(separatedBy: "id=\"found\"").last)
      #expect(found.contains(">\(title)</a>"), "\(page.prefix(3_000))")
      #expect(page.contains("<div id=\"newest\" hidden"))
    }
  }

  @Test(arguments: [390, 1_280])
  func `it is drawn at the width of a telephone and of a desk`(width: Int) throws {
    try withFolder { folder in
      try export(to: folder)
      let image = "\(folder.path)/\(width).png"
      _ = try Browser.run(
        folder, ["--hide-scrollbars", "--window-size=\(width),800", "--screenshot=\(image)"],
        page: "index.html")
      let bytes = try #require(FileManager.default.contents(atPath: image))
      // An empty page of this size has no tenth of that.
      #expect(bytes.count > 10_000)
    }
  }

  private func export(to folder: TemporaryFolder) throws {
    var writer = try Format.site.writer(at: folder.place.pushing("site"))
    for article in SiteBrowserTests.articles { try writer.write(article) }
    try writer.finish()
  }
}

/// Chromium without a window and without a network.
private enum Browser {
  static let path = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  static func run(
    _ folder: TemporaryFolder, _ options: [String], page: String, fragment: String = ""
  ) throws -> String {
    var address = URLComponents()
    address.scheme = "file"
    address.host = ""
    address.path = "\(folder.path)/site/\(page)"
    if !fragment.isEmpty { address.fragment = fragment }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
    process.arguments =
      [
        "60", path ?? "", "--headless", "--no-sandbox", "--disable-gpu",
        "--virtual-time-budget=4000",
      ]
      + ["--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=\(folder.path)/browser"]
      + options
      + [try #require(address.string)]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return String(decoding: output, as: UTF8.self)
  }
}
