import Coding
import LibraryStore
import Replication

// What is learnt of files.
extension ExchangeState {
  /// Passes over what stands for files that were all read, and what a file that was read stands for;
  /// and notes files whose length changed. Returns what is to be remembered, and the files that are
  /// damaged since this time.
  mutating func settle() -> (records: [String: ExchangeRecord], damaged: [ExchangeListing.File]) {
    var changed: [String: ExchangeRecord] = [:]
    var damaged: [ExchangeListing.File] = []
    let contents = contentsByWriter()
    let listed = Dictionary(grouping: files.filter { $0.content != nil }, by: \.name.replica)
    for index in files.indices {
      let file = files[index]
      if file.content != nil {
        guard file.record.fault != nil else { continue }
        files[index].record.fault = nil
      } else if hasChanged(file) {
        if noteFault(at: index) { damaged.append(file.listed) }
      } else if let held = held(
        passingOver: file, contents[file.name.replica] ?? [], listed[file.name.replica] ?? [])
      {
        files[index].record.content = ExchangeRecord.Content(
          length: file.length, carried: held.carried, isPassedOver: true)
        files[index].record.lacking = held.lacking
      }
      if files[index].record != file.record {
        changed[file.name.text] = files[index].record
      }
    }
    return (changed, damaged)
  }

  typealias Held = (numbers: ClosedRange<Int>, carried: Knowledge, lacking: Knowledge?)

  func contentsByWriter() -> [ReplicaID: [Held]] {
    var contents: [ReplicaID: [Held]] = [:]
    func add(_ name: ExchangeName, _ record: ExchangeRecord) {
      guard let content = record.content else { return }
      contents[name.replica, default: []].append(
        (name.numbers, content.carried, record.lacking))
    }
    for file in files { add(file.name, file.record) }
    for (name, record) in unlisted { add(name, record) }
    return contents
  }

  /// What a file is taken to carry that need not be read, and to tell of; nil where it has to be
  /// read. One that lies within a listed one's numbers that was read is taken to carry nothing: that
  /// one does.
  private func held(passingOver file: File, _ read: [Held], _ listed: [File]) -> Held? {
    let own = file.name.numbers
    let inner = read.filter { $0.numbers != own && own.contains($0.numbers) }
    if file.name.isStoodFor(by: inner.map(\.numbers)) {
      let lacking = inner.reduce(into: Knowledge()) { $0.formUnion($1.lacking ?? Knowledge()) }
      return (
        own, inner.reduce(into: Knowledge()) { $0.formUnion($1.carried) },
        lacking.isEmpty ? nil : lacking
      )
    }
    return listed.contains { $0.name.stands(for: file.name) } ? (own, Knowledge(), nil) : nil
  }

  /// A file was read whole, and its header named these as damaged. Returns what is to be remembered
  /// of it, and of the named those that are listed and were not known to be damaged.
  ///
  /// - Parameter lacking: what its writer knew and this replica lacks.
  mutating func noteRead(
    _ listed: ExchangeListing.File, _ header: BundleHeader, lacking: Knowledge
  ) -> (record: ExchangeRecord, damaged: [BundleHeader.DamagedName]) {
    var record = ExchangeRecord(content: ExchangeRecord.Content(listed, header))
    record.lacking = lacking.isEmpty ? nil : lacking
    if let index = index(of: listed.name) {
      files[index].record.content = record.content
      files[index].record.lacking = record.lacking
      files[index].record.checked = nil
      files[index].record.fault = nil
    }
    return (record, noteDamage(header.damaged))
  }

  /// The same of a file that was found whole and not merged.
  mutating func noteChecked(
    _ listed: ExchangeListing.File, _ header: BundleHeader
  ) -> (record: ExchangeRecord, damaged: [BundleHeader.DamagedName]) {
    var record = ExchangeRecord()
    record.checked = ExchangeRecord.Content(listed, header)
    if let index = index(of: listed.name) {
      files[index].record.checked = record.checked
      files[index].record.fault = nil
    }
    return (record, noteDamage(header.damaged))
  }

  private mutating func noteDamage(
    _ names: [BundleHeader.DamagedName]
  ) -> [BundleHeader.DamagedName] {
    guard !names.isEmpty else { return [] }
    let named = Set(names)
    var damaged: [BundleHeader.DamagedName] = []
    for index in files.indices where files[index].damagedSince == nil {
      let name = BundleHeader.DamagedName(of: files[index].name.text)
      guard named.contains(name) else { continue }
      files[index].damagedSince = now
      damaged.append(name)
    }
    return damaged
  }

  /// A file could not be read. Returns what is to be remembered of it, and whether it is damaged
  /// since this time: it was so at this length a day ago.
  mutating func noteUnreadable(
    _ listed: ExchangeListing.File
  ) -> (record: ExchangeRecord, isDamaged: Bool)? {
    guard let index = index(of: listed.name) else { return nil }
    let isDamaged = noteFault(at: index)
    files[index].record.fault?.tried = now
    return (files[index].record, isDamaged)
  }

  private mutating func noteFault(at index: Int) -> Bool {
    files[index].record.checked = nil
    let file = files[index]
    // What is cut under the own id is nobody else's to write anew.
    if isOwn(file), file.record.replaced == nil { files[index].record.replaced = now }
    guard let fault = file.record.fault, fault.length == file.length else {
      files[index].record.fault = ExchangeRecord.Fault(length: file.length, since: now)
      return false
    }
    guard isDayOld(fault.since), file.damagedSince == nil, !isOwn(file) else { return false }
    files[index].damagedSince = now
    return true
  }
}

extension ExchangeRecord.Content {
  fileprivate init(_ listed: ExchangeListing.File, _ header: BundleHeader) {
    self.init(
      length: listed.length, carried: header.statement.carried, part: header.part.number,
      parts: header.part.count)
  }
}
