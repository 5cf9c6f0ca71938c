import Satchel

/// A remote as scripts read it.
struct RemoteJSON: Encodable {
  let name: String
  let target: String
}
