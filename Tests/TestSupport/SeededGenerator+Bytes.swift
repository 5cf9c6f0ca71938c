extension SeededGenerator {
  /// Bytes that do not compress, the same for the same seed.
  ///
  /// They are made eight at a time, since tests need megabytes of them and are built for debugging.
  package static func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    let length = (count + 7) / 8
    let numbers = [UInt64](unsafeUninitializedCapacity: length) { numbers, initialized in
      while initialized < length {
        numbers[initialized] = generator.next().littleEndian
        initialized += 1
      }
    }
    return numbers.withUnsafeBytes { [UInt8]($0.prefix(count)) }
  }
}
