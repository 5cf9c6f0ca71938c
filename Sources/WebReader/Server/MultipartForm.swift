import Files

/// Gathers what a form with files brings: fields in memory, files in a private folder.
struct MultipartForm {
  private let limits: WebLimits
  private let folder: FilePath
  private var parser: MultipartParser
  private var fields: [(name: String, value: [UInt8])] = []
  private var fieldBytes = 0
  private var textBytes = 0
  private var files: [(name: String, file: UploadedFile)] = []
  private var present: MultipartPart?

  /// - Parameters:
  ///   - boundary: what parts the parts.
  ///   - folder: where files are written.
  init?(boundary: String, _ limits: WebLimits, in folder: FilePath) {
    guard let parser = MultipartParser(boundary: boundary) else { return nil }
    (self.parser, self.limits, self.folder) = (parser, limits, folder)
  }

  /// Takes the next piece. Throws ``FormReader/Refusal``.
  mutating func take(_ piece: some Collection<UInt8>) throws {
    do {
      var events: [MultipartParser.Event] = []
      try parser.take(piece) { events.append($0) }
      for event in events { try take(event) }
    } catch let problem as MultipartParser.Problem {
      throw FormReader.Refusal(status: problem == .tooManyParts ? 413 : 400)
    } catch is FileError {
      // The medium is full, or does not let us.
      throw FormReader.Refusal(status: 507)
    }
  }

  /// What was brought. Throws ``FormReader/Refusal`` where the form has not ended.
  func finished() throws -> FormReader.Form {
    guard (try? parser.end()) != nil else { throw FormReader.Refusal(status: 400) }
    let texts = try fields.map { name, bytes in
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw FormReader.Refusal(status: 400)
      }
      return (name, text)
    }
    return FormReader.Form(
      fields: Fields(texts), uploads: files.map { WebRequest.Upload(name: $0.name, $0.file) })
  }
}

extension MultipartForm {
  private static let fileLimit = 100

  private mutating func take(_ event: MultipartParser.Event) throws {
    switch event {
    case .part(let part): try begin(part)
    case .bytes(let bytes): try take(bytes)
    case .partEnd: present = nil
    }
  }

  private mutating func begin(_ part: MultipartPart) throws {
    present = part
    guard let name = part.fileName else { return fields.append((part.name, [])) }
    // A field for files in which none was chosen.
    guard !name.isEmpty else { return }
    guard files.count < MultipartForm.fileLimit else { throw FormReader.Refusal(status: 413) }
    files.append((name, try UploadedFile(in: folder)))
  }

  private mutating func take(_ bytes: ArraySlice<UInt8>) throws {
    guard let present else { return }
    if let name = present.fileName {
      guard !name.isEmpty else { return }
      return try files[files.count - 1].file.write(bytes)
    }
    if present.name == "text" {
      textBytes += bytes.count
    } else {
      fieldBytes += bytes.count
    }
    guard textBytes <= limits.uploadTextBytes, fieldBytes <= limits.uploadFieldBytes else {
      throw FormReader.Refusal(status: 413)
    }
    fields[fields.count - 1].value += bytes
  }
}
