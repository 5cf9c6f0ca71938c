/// Pages for whoever has no session: they say nothing of the library (Protocol 11.2).
enum OutsidePages {
  /// Leads on by itself: a cookie that comes with a redirection from another site's page is not
  /// sent to where that leads.
  static func start(at address: String) -> WebResponse {
    page(
      title: "Satchel", head: "<meta http-equiv=\"refresh\" content=\"0; url=\(address)\">",
      """
      <p><a href="\(address)">Open the reader</a></p>
      <p lang="zh-Hans"><a href="\(address)">打开阅读器</a></p>

      """, status: 200)
  }

  /// How to get in.
  static func refusal(_ refusal: Gatekeeper.Refusal) -> WebResponse {
    var response =
      switch refusal {
      case .stranger, .nothing: stranger(status: refusal.status)
      case .readOnly:
        said(
          "This device may read, and change nothing.", "此设备只能阅读，不能修改任何内容。",
          status: refusal.status)
      case .foreign, .malformed, .method:
        said("This request is refused.", "该请求已被拒绝。", status: refusal.status)
      }
    if refusal == .method { response.headers.append(("Allow", "GET, HEAD, POST")) }
    // Places are few: whoever is refused keeps none.
    response.isLast = true
    return response
  }

  /// What has no page of its own.
  static func said(status: Int) -> WebResponse {
    said("This request cannot be answered.", "无法处理该请求。", status: status)
  }

  private static func stranger(status: Int) -> WebResponse {
    page(
      title: "Satchel",
      """
      <p>This page opens with a link that is good once: run <code>satchel web --open</code> on the \
      machine where it lies.</p>
      <p lang="zh-Hans">此页面需要一次性链接才能打开：请在文库所在的电脑上运行 \
      <code>satchel web --open</code>。</p>

      """, status: status)
  }

  private static func said(_ english: String, _ chinese: String, status: Int) -> WebResponse {
    page(
      title: "Satchel", "<p>\(english)</p>\n<p lang=\"zh-Hans\">\(chinese)</p>\n", status: status)
  }

  private static func page(
    title: String, head: Markup = .nothing, _ content: Markup, status: Int
  ) -> WebResponse {
    .page(
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <meta name="color-scheme" content="light dark">
      <title>\(title)</title>
      \(head)
      </head>
      <body>
      <main>
      <h1>\(title)</h1>
      \(content)</main>
      </body>
      </html>

      """, status: status)
  }
}
