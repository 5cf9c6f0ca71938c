import Satchel

/// Keeps what a reader chose, in a cookie.
struct SettingsAction {
  let visit: Visit

  /// A year: browsers keep none for longer.
  private static let seconds = 365 * 86_400

  func answer() async throws(LibraryError) -> WebResponse {
    var preferences = Preferences()
    if let size = visit.request.form.text("size").flatMap(Preferences.TextSize.init) {
      preferences.size = size
    }
    preferences.marksReadAtEnd = visit.request.form["end"] != nil
    var answer = visit.back
    // Below no prefix, which is another one with the next start. There is nothing in it to be
    // hidden.
    let cookie =
      "\(Preferences.cookieName)=\(preferences.cookie); Path=/; Max-Age=\(SettingsAction.seconds); "
      + "HttpOnly; SameSite=Strict"
    answer.headers.append(("Set-Cookie", cookie))
    return answer
  }
}
