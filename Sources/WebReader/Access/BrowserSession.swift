/// A browser that was let in.
struct BrowserSession: Sendable, Equatable {
  /// What its cookie says.
  let cookie: String
  /// What its forms carry.
  let token: String
  /// What others may know it by.
  let name: String
  let isReadOnly: Bool
}
