import Replication

/// What is remembered of one file of an exchange (Protocol 7.3).
package struct ExchangeRecord: Sendable, Equatable {
  /// Both kinds in one place, since very many may be held.
  private var found: Content?
  private var isChecked = false
  /// Nil for a file with which all is well.
  package var fault: Fault?
  /// For an own file: since when it is replaced, in milliseconds since 1970.
  package var replaced: Int64?
  /// For an own file: its header's payload.
  package var header: [UInt8]?
  /// What its writer knew, and this replica does not yet; nil where that is nothing.
  package var lacking: Knowledge?

  package init(
    content: Content? = nil, fault: Fault? = nil, replaced: Int64? = nil, header: [UInt8]? = nil
  ) {
    found = content
    self.fault = fault
    self.replaced = replaced
    self.header = header
  }

  /// Nil for a file that was never read.
  package var content: Content? {
    get { isChecked ? nil : found }
    set {
      if isChecked && newValue == nil { return }
      (found, isChecked) = (newValue, false)
    }
  }

  /// What a file holds that was found whole and not merged; nil for any other, and for one that is
  /// read.
  package var checked: Content? {
    get { isChecked ? found : nil }
    set {
      if !isChecked && (found != nil || newValue == nil) { return }
      (found, isChecked) = (newValue, newValue != nil)
    }
  }

  /// What a file holds that was read or written whole.
  package struct Content: Sendable, Equatable {
    /// In bytes, then.
    package var length: Int
    package var carried: Knowledge
    /// Which part of its delta it is, from 1, and of how many.
    package var part: Int
    package var parts: Int
    /// Whether it was not read itself: `carried` is what the files carried that it stands for.
    package var isPassedOver: Bool

    package init(
      length: Int, carried: Knowledge, part: Int = 1, parts: Int = 1, isPassedOver: Bool = false
    ) {
      self.length = length
      self.carried = carried
      self.part = part
      self.parts = parts
      self.isPassedOver = isPassedOver
    }
  }

  /// A file that could not be read, or that changed since it was.
  package struct Fault: Sendable, Equatable {
    /// The length it had, in bytes.
    package var length: Int
    /// When it was first seen so, in milliseconds since 1970.
    package var since: Int64
    /// When it was last tried, in milliseconds since 1970.
    package var tried: Int64

    package init(length: Int, since: Int64, tried: Int64? = nil) {
      self.length = length
      self.since = since
      self.tried = tried ?? since
    }
  }
}
