import Foundation
import Satchel

/// Two replicas of one library in one program: import, mark, carry a bundle across, compare.
@main
struct Embed {
  static func main() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("satchel-embed-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }

    // Each replica keeps its own evidence of which database it is.
    var options = Library.Options()
    options.stateDirectory = FilePath(folder.appendingPathComponent("state").path)

    let study = try await Library.create(
      at: FilePath(folder.appendingPathComponent("study").path), name: "study", options: options)
    var draft = ArticleDraft(
      title: "春天的菜园", format: .markdown, body: Array("# 春天的菜园\n\n种下第一排豌豆。\n".utf8))
    draft.url = "https://news.example.org/2026/03/garden.html"
    let article = try await study.add(draft).id
    _ = try await study.mark([article], .starred)
    _ = try await study.setNote(article, "Try this in April.")

    // Long work is a sequence of its progress that ends with a summary.
    let path = FilePath(folder.path).appending("study.satchel")
    for try await event in study.createBundle(at: path) {
      switch event {
      case .progress(let progress): print("wrote \(progress.done) of \(progress.total) bytes")
      case .finished(let summary):
        print("\(summary.operations) operations in \(summary.bytes) bytes")
      }
    }

    let kitchen = try await Library.join(
      study.invitation(), at: FilePath(folder.appendingPathComponent("kitchen").path),
      name: "kitchen",
      options: options)
    let merged = try await kitchen.merge([path]).result()
    print("merged \(merged.newOperations) operations, \(merged.articlesAdded) article")

    // Errors say what is wrong in their cases.
    do {
      _ = try await kitchen.merge([FilePath(folder.path).appending("nothing")]).result()
    } catch {
      guard case .bundle(_, .file(let error)) = error else { throw error }
      print("no bundle: \(error.reason)")
    }

    for row in try await kitchen.articles() {
      let text = try await kitchen.plainText(of: row) ?? ""
      print("\(row.shortID) \(row.article.title), starred: \(row.article.isStarred)\n\(text)")
    }
  }
}
