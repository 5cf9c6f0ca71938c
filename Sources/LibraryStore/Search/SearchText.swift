import Articles

/// Makes readable text of a body.
package struct SearchText: Sendable {
  /// Of the rules: what an index holds that was made by others is built anew.
  let version: Int
  private let read: @Sendable ([UInt8], BodyFormat) -> String

  package init(version: Int, read: @escaping @Sendable ([UInt8], BodyFormat) -> String) {
    self.version = version
    self.read = read
  }

  /// A body is its text.
  package static let bytes = SearchText(version: 1) { bytes, _ in
    String(decoding: bytes, as: UTF8.self)
  }

  func callAsFunction(_ body: [UInt8], _ format: BodyFormat) -> String { read(body, format) }
}
