import Files
import NIOCore

/// Reads a form within its limits (Protocol 11.1).
struct FormReader {
  private let head: RequestHead
  private let limits: WebLimits
  private let desk: UploadDesk

  /// What a form brought.
  struct Form {
    var fields = Fields.none
    var uploads: [WebRequest.Upload] = []
  }

  /// A form that is not taken.
  struct Refusal: Error, Equatable { let status: Int }

  init(_ head: RequestHead, _ limits: WebLimits, _ desk: UploadDesk) {
    (self.head, self.limits, self.desk) = (head, limits, desk)
  }

  /// - Parameter isUpload: whether it may bring files.
  ///
  /// Throws ``Refusal``, or ``PartReader/ClientLeft``.
  func read(
    isUpload: Bool, _ parts: inout PartReader, _ writer: ResponseWriter
  ) async throws -> Form {
    let type = ContentType(head.header("content-type"))
    switch type.kind {
    case "application/x-www-form-urlencoded",
      "" where head.bodyBytes == 0:
      return try await readFields(&parts, writer)
    case "multipart/form-data" where isUpload:
      return try await readFiles(type.boundary ?? "", &parts, writer)
    default: throw Refusal(status: 415)
    }
  }

  private func readFields(
    _ parts: inout PartReader, _ writer: ResponseWriter
  ) async throws -> Form {
    guard head.bodyBytes <= limits.bodyBytes else { throw Refusal(status: 413) }
    if head.expectsContinue { try await writer.writeContinue() }
    var bytes: [UInt8] = []
    while let piece = try await parts.nextPiece() { bytes += piece.readableBytesView }
    guard let text = String(validating: bytes, as: UTF8.self),
      let fields = PercentText.fields(of: text[...])
    else { throw Refusal(status: 400) }
    return Form(fields: Fields(fields))
  }

  private func readFiles(
    _ boundary: String, _ parts: inout PartReader, _ writer: ResponseWriter
  ) async throws -> Form {
    guard head.bodyBytes <= limits.uploadBytes else { throw Refusal(status: 413) }
    let folder = try await desk.folderForFiles()
    guard var form = MultipartForm(boundary: boundary, limits, in: folder) else {
      throw Refusal(status: 400)
    }
    if head.expectsContinue { try await writer.writeContinue() }
    while let piece = try await parts.nextPiece() { try form.take(piece.readableBytesView) }
    return try form.finished()
  }
}
