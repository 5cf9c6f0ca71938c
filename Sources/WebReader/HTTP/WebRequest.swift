import Files

/// A request as screens and actions see it, after it was let in (Protocol 11.2).
struct WebRequest: Sendable {
  let method: Method
  /// Whether the answer's body is left out.
  var isHeadOnly = false
  /// What stands below the prefix, between its slashes and decoded; empty for the list.
  let path: [String]
  /// The address's own fields.
  let query: Fields
  /// A form's fields; of an upload those that are no files.
  var form = Fields.none
  /// Files that were uploaded, which go with this unless they are held (``UploadDesk``).
  var uploads: [Upload] = []

  enum Method: Sendable { case get, post }

  /// A file that a form brought.
  struct Upload: Sendable {
    /// As the browser says, without folders; never a path.
    let name: String
    /// It goes with the last that holds it.
    let stored: UploadedFile
    let bytes: Int

    var file: FilePath { stored.path }

    init(name: String, _ stored: UploadedFile) {
      (self.name, self.stored, bytes) = (name, stored, stored.length)
    }
  }
}
