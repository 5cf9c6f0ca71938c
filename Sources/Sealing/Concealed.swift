/// A value that holds a secret and therefore prints as its type's name only, in string
/// interpolation, in a debugger and in a failed test's report alike.
public protocol Concealed: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{}

extension Concealed {
  public var description: String { "\(Self.self)(concealed)" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
