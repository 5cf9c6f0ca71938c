extension UInt8 {
  /// The byte with an ASCII capital turned into its small letter, any other byte unchanged.
  var asciiLowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
